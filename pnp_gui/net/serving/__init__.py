"""The sockets of the file server, and the threads that read the files. What is said on the wire
stands in `pnp_gui/files`."""
