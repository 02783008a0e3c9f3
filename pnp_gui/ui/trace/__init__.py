"""The messages of the selected phone: facts, ladder and text."""
