"""Editing the default URL and the URL rules."""
