"""The network: interfaces, sockets, and the pump between the wire and the protocol core.

It moves datagrams and does not interpret them: bench/ decides whom to answer, pnp/ how.
"""
