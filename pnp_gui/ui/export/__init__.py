"""Saving messages, log, history and report to files. What is in them is made in bench/export."""
