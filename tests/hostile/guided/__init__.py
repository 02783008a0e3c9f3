"""What the coverage-guided search feeds with bytes (`coverage.py`), a module for each target.

Each has `SEEDS`, what to begin with; `WORDS`, libFuzzer's dictionary; `LARGEST`, bytes of an input;
and `opened`, which makes in a folder what tries one input: it raises what the program raises, or
`Wrong`.
"""

from __future__ import annotations

TARGETS = ("sip", "reading", "sheet", "url", "http", "tftp")


class Wrong(Exception):
    """A result that must not be."""
