"""Lists of phones: CSV files, pasted text, scanned codes, and what each line would change."""

READ_WORKBOOK = "--read-workbook"
"""The argument that makes the Windows program the process that reads a workbook."""
