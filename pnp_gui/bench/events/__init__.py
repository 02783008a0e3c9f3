"""Turns what the wire reports into rows, log and history."""
