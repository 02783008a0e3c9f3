"""The preview of a list of phones before it is applied."""
