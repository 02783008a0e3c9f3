"""The protocol, pure: bytes and the time come in; bytes, a deadline and events come out.

There is no Qt, socket, clock, file or randomness here.
"""
