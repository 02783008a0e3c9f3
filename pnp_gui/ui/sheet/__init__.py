"""Sheets: importing with a preview (file, paste, drop), and exporting."""
