"""The history and its report."""
