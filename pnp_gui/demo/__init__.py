"""Simulated phones on real sockets: for ``--demo``, ``--self-test`` and the tests.

They judge what the responder sends, so they share the values in ``sip_values.py`` with it, no code.
"""
