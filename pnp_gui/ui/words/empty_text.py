"""What the empty table says: what to do, and where the tool listens."""

from __future__ import annotations

from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import listed
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.words.translate import translate


def empty_text(listening: Listening, default_url: str) -> tuple[str, str]:
    """Title and detail: the two steps to the first phone, unless nothing can be heard."""
    if not listening.listening and listening.troubles:
        return translate("EmptyText", "Not listening"), translate(
            "EmptyText", "The notice at the top says why."
        )
    if not listening.listening:
        return translate("EmptyText", "Not listening"), translate(
            "EmptyText", "Press F5 to listen for phones."
        )
    joined = listening.joined
    if not joined:
        return (
            translate("EmptyText", "Listening on no interface"),
            translate(
                "EmptyText",
                "Connect this computer to the phones' switch, or choose a network interface "
                "(Ctrl+P).",
            ),
        )
    if len(joined) == 1:
        detail = translate("EmptyText", "Listening on {name}, {address}, UDP port {port}.").format(
            name=joined[0].name, address=joined[0].address, port=listening.port
        )
    else:
        names = listed(f"{info.name} {info.address}" for info in joined)
        detail = translate(
            "EmptyText", "Listening on UDP port {port} of these interfaces: {names}."
        ).format(port=listening.port, names=names)
    steps = translate(
        "EmptyText", "1. Your URL: {url}\n2. Plug in a phone: it appears here when it boots."
    )
    if default_url == FACTORY_URL:
        steps = translate(
            "EmptyText",
            "1. Type your URL at the top (Ctrl+L) and press Enter. It is still snom's own.\n2. "
            "Plug in a phone: it appears here when it boots.",
        )
    return steps.format(url=default_url), detail
