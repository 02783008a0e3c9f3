"""The phones in memory: one row each, its status, the counts."""
