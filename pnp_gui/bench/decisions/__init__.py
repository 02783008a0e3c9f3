"""What the technician decides: how it is saved, sent and undone."""
