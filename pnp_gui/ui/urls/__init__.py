"""The default URL and the URL rules, edited."""
