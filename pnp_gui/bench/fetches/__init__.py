"""What phones fetch from the folder that we serve: whose request it is, what its make asks for, and
why a file is not there."""
