"""What is kept on disk: SQLite file, its schema, settings."""
