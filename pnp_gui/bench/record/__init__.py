"""What happened: the messages (trace, ladder) and the log. Bounded; no decision depends on it."""
