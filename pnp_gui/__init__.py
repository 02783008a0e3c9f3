"""PnP Bench: answers the phones a technician approves, and nobody else."""

from __future__ import annotations

__version__ = "1.0.0"
"""The version, kept here alone: pyproject.toml and pnp_gui.spec read it."""

PRODUCT = "PnP Bench"
