"""Opening files: those that the technician names, and the program's own in the data folder.

What is no regular file (a pipe, a socket, a device, a folder) is found before it is opened, and
again afterwards: to open a pipe may block for ever, to open a device may do anything. Files are
written elsewhere. No Qt, no room but this one.
"""
