"""The page that shows the log."""
