"""What leaves the program as a file. Nothing here decides what is in it."""
