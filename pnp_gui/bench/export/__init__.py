"""The content of saved files: capture, report, history as CSV. Nothing here writes a file."""
