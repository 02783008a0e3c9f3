"""The network: interfaces, sockets, and the pump between the wire and the protocol core.

It moves datagrams and never reads one; whom to answer is decided in bench/, how in pnp/.
"""
