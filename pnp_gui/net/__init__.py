"""The network: interfaces, sockets, and the pump between the wire and the protocol core."""
