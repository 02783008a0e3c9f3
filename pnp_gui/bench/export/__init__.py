"""What leaves the program as a file: capture, report, masked text."""
