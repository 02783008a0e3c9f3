"""The find field, and the scan mode that types into it."""
