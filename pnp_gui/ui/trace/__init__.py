"""The messages of the selected phone: ladder and raw text."""
