"""Which URL a phone gets: its own, a rule's, or the default."""
