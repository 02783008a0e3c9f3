"""Hostile bytes against the program's whole inside, by the million and guided by coverage.

``python -m tests.hostile 1000000`` sends a million datagrams; the test run sends a tenth of it.
``python -m tests.hostile.coverage sip -max_total_time=600`` looks for new paths for ten minutes.
"""
