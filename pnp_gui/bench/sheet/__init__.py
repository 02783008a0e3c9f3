"""Lists of phones: CSV files, pasted rows, scanned codes."""
