"""What it means that a phone answered the NOTIFY with this SIP code, and what to do (RFC 3261
section 21, RFC 6665 section 8.3)."""

from __future__ import annotations

from typing import NamedTuple

from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP


class Refusal(NamedTuple):
    """Words of the status, with {code}, the same for little room, and the explanation. All are keys
    of translations."""

    words: str
    short: str
    explanation: str


_OTHER_SERVER = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: another server?"),
    QT_TRANSLATE_NOOP("Status", "{code}: another server?"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone does not know this subscription. Another server may have answered first: is "
        "a PBX answering PnP here? Switch PnP off there, then reboot the phone.",
    ),
)
_PASSWORD = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: password required"),
    QT_TRANSLATE_NOOP("Status", "{code}: password required"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone requires a password for this message. Switch NOTIFY authentication off on "
        "its web page, or reset it to factory settings, and let it ask again.",
    ),
)
_NO_URL_THIS_WAY = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: no URL this way"),
    QT_TRANSLATE_NOOP("Status", "{code}: no URL this way"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone does not accept a URL this way. Type the URL on the phone's web page, or "
        "provide it by DHCP.",
    ),
)
_UNKNOWN_MESSAGE = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: PnP is off?"),
    QT_TRANSLATE_NOOP("Status", "{code}: PnP is off?"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone does not handle this message: Plug & Play may be switched off. Switch it on "
        "(on the phone's web page, or by a factory reset) and reboot the phone.",
    ),
)
_ELSEWHERE = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: points elsewhere"),
    QT_TRANSLATE_NOOP("Status", "{code}: points elsewhere"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone points to another address. Nothing is sent there: a proxy may be in "
        "between. Connect the phone only to the bench, and reboot it.",
    ),
)
_NOT_NOW = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: not now"),
    QT_TRANSLATE_NOOP("Status", "{code}: not now"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone could not take the URL at this moment: it is busy, or still starting. Send it"
        " again ({S}), or reboot the phone.",
    ),
)
_DECLINED = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}: declined"),
    QT_TRANSLATE_NOOP("Status", "{code}: declined"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone declined the URL. Its provisioning may be locked: look at its web page, or reset"
        " it to factory settings.",
    ),
)
_REFUSED = Refusal(
    QT_TRANSLATE_NOOP("Status", "Refused {code}"),
    QT_TRANSLATE_NOOP("Status", "Refused {code}"),
    QT_TRANSLATE_NOOP(
        "Status",
        "The phone refused the URL. Send it again while the phone is asking, or reboot the phone.",
    ),
)

_BY_CODE = {
    481: _OTHER_SERVER,
    **dict.fromkeys((401, 407), _PASSWORD),
    **dict.fromkeys((406, 415), _NO_URL_THIS_WAY),
    **dict.fromkeys((404, 405, 489, 501), _UNKNOWN_MESSAGE),
    **dict.fromkeys((408, 480, 486, 491), _NOT_NOW),
}
_BY_HUNDREDS = {3: _ELSEWHERE, 5: _NOT_NOW, 6: _DECLINED}

REFUSALS = tuple(dict.fromkeys((*_BY_CODE.values(), *_BY_HUNDREDS.values(), _REFUSED)))
"""Every one, for measuring."""


def refusal(code: int) -> Refusal:
    """What a final response other than 2xx means; 0: the code is not known."""
    return _BY_CODE.get(code) or _BY_HUNDREDS.get(code // 100, _REFUSED)
