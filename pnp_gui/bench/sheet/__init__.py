"""Lists of phones: CSV files, pasted text, scanned codes, and what each line would change."""
