"""The sentence about a phone that the network knows as something else."""

from __future__ import annotations

from pnp_gui.bench.events.mac_check import mac_warning
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.words.translate import trouble_text


def mac_sentence(phone: Phone) -> str:
    """What the network knows and what the phone says, "" when nothing is known against it."""
    warning = mac_warning(phone)
    return trouble_text(warning) if warning is not None else ""
