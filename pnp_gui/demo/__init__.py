"""Simulated phones on real sockets: for ``--demo``, ``--self-test`` and the tests.

The phones are the independent check of what the responder puts on the wire, so nothing here uses
the parser or the builders of ``pnp_gui.pnp``. ``python -m pnp_gui.demo --help`` runs them by hand.
"""
