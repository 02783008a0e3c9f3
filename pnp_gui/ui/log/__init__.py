"""The log of everything."""
