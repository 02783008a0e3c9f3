"""Simulated phones on real sockets: for ``--demo``, ``--self-test`` and the tests.

The phones judge what the responder puts on the wire, so nothing here uses the code of
``pnp_gui.pnp``, only the values in its ``sip_values.py``. ``python -m pnp_gui.demo --help`` runs
them by hand.
"""
