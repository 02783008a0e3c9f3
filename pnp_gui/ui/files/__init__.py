"""The files that are served to phones: which folder, at which addresses, on which ports."""
