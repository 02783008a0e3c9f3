"""The process and its machine. Knows no phone and no window."""
