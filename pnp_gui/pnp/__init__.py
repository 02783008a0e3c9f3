"""The protocol, pure: bytes and the time come in; bytes, a deadline and events come out.

Here is no Qt, no socket, no clock, no file and no randomness.
"""
