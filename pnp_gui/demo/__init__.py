"""Simulated phones on real sockets: for ``--demo``, ``--self-test`` and the tests.

The phones check what the responder puts on the wire, so nothing here uses the code of
``pnp_gui.pnp``; only the values in ``sip_values.py`` are shared. ``python -m pnp_gui.demo --help``
runs them by hand.
"""
