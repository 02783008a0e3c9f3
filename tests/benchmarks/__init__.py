"""How fast the program is, beside something bare in the same run: figures, never a pass or a fail.

``python -m tests.benchmarks`` runs all and prints one table; each is a program of its own as well
(``python -m tests.benchmarks.storm --help``). As root, on Linux, since
phones live in a network namespace.
"""
