"""What the wire reports, put into rows, log and history."""
