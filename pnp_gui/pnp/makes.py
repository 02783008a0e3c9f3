"""What is known of the makes of phones: how they write their name, how long they ask, what they
fill into a URL themselves. One table, one row for each make. Which files they ask for in a URL is
in resources/make-files.toml.

Sources: the makes' provisioning manuals and captures of their requests. A make that is not listed
works as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pnp_gui.pnp.mac_prefixes import PREFIXES
from pnp_gui.pnp.sip_values import CHECK_SYNC, LIFETIME, REBOOT
from pnp_gui.texts import Text


@dataclass(frozen=True, slots=True)
class Make:
    """One make of phone."""

    name: str
    """As it is shown."""
    vendors: tuple[str, ...] = ()
    """Beginnings of the vendor as phones send it, lower case, besides the name."""
    agents: tuple[str, ...] = ()
    """Beginnings of the User-Agent, lower case, besides the name."""
    expands: tuple[str, ...] = ()
    """What this make fills in itself when it stands in the URL."""
    asks_for: float = LIFETIME
    """Seconds it waits for an answer to its SUBSCRIBE."""
    sends_mac: bool = True
    """Its requests contain its MAC."""
    wants_folder: bool = False
    """It appends its own file name, so the URL has to end in "/"."""
    obeys_first: Text | None = None
    """What else gives it a URL, and whether that comes before ours."""
    longest_url: int = 0
    """Characters it takes; 0: no known limit."""
    example_url: str = ""
    """What a URL for this make usually looks like: an example for rules. "": none."""
    reboot: str = REBOOT
    """The Event of a NOTIFY that makes it reboot."""
    plain_reboot: tuple[str, ...] = ()
    """Beginnings of the models, upper case, that want `CHECK_SYNC` instead."""


_ALL = (
    Make(
        "snom",
        vendors=("snom",),
        # service.snom.com, "Auto Provisioning": {variable}.
        expands=("{mac}", "{phone_type}"),
        # service.snom.com, setting "provisioning_order": redirection, pnp, dhcp, tr69.
        obeys_first=Text(
            "snom's redirection service (SRAPS) comes before this URL; DHCP options 66, 67 and 43 "
            "come after it."
        ),
        example_url="http://192.168.10.5/snom/{mac}.xml",
    ),
    Make(
        "Yealink",
        # Yealink, "Auto Provisioning Guide", wildcard of the server URL: $PN is T54W and the like.
        expands=("$PN",),
        # Yealink, "Auto Provision Manual" 3.0.11, 2.1 "Obtain the server address".
        obeys_first=Text(
            "Yealink's redirection service (zero touch, RPS) comes before this URL; DHCP options "
            "(custom, 66, 43) and a stored URL come after it."
        ),
        example_url="http://192.168.10.5/yealink/$PN/",
    ),
    Make(
        "Grandstream",
        wants_folder=True,
        # Grandstream, "GRP26xx - Auto-configuration 'Plug and Play' Guide".
        obeys_first=Text(
            "Grandstream phones take this URL only out of the box or after a factory reset: a "
            "server that is stored in the phone comes before it."
        ),
        example_url="http://192.168.10.5/gs/",
        # [grandstream-check-cfg] of Asterisk's and FreePBX's sip_notify.conf; it asks for the
        # account's password unless "SIP NOTIFY authentication" is off.
        reboot=CHECK_SYNC,
    ),
    Make(
        "Fanvil",
        # Fanvil C56 and i23 user manuals, "Auto Provision": DHCP option, PnP server, phone flash.
        obeys_first=Text(
            "DHCP options (66, 43, custom) come before this URL; a stored URL comes after it."
        ),
        expands=("$mac", "$input"),
        example_url="http://192.168.10.5/fanvil/$mac.cfg",
    ),
    Make(
        "PLANET",
        expands=("$mac", "$input"),
    ),
    Make(
        "Panasonic",
        # KX-HDV administrator guides, "Macro format"; it is case-sensitive.
        expands=("{mac}", "{MAC}", "{MODEL}", "{fwver}"),
        asks_for=5.0,
        # KX-UTG200 administrator guide, 2.2.1 (a URL by hand, SIP PnP, options 160, 159, 66,
        # redirection server); KX-HDV130, 2.1.2, likewise.
        obeys_first=Text(
            "A URL that was typed into the phone comes before this URL; DHCP options 160, 159 and "
            "66 and Panasonic's redirection service come after it."
        ),
        longest_url=384,
        example_url="http://192.168.10.5/panasonic/{mac}.cfg",
        # The whole text is compared with the phone's CFG_RESYNC_FROM_SIP, usually "check-sync"
        # (KX-UT administrator guide, "Timing of configuration file downloads").
        reboot=CHECK_SYNC,
    ),
    Make(
        "Gigaset",
        # Gigaset wiki, "FAQ Desktop - provisioning_order": redirection, pnp, dhcp114, dhcp, tr69.
        obeys_first=Text(
            "Gigaset's redirection service comes before this URL; DHCP options 114 and 66 come "
            "after it."
        ),
        expands=("%MACD", "%DVID"),
        example_url="http://192.168.10.5/gigaset/%MACD.xml",
        # Gigaset wiki, "SIP check-sync mechanism": these two do not support reboot=.
        plain_reboot=("N510", "N720"),
    ),
    Make(
        "AudioCodes",
        vendors=("audiocodes", "audc"),
        agents=("audc-ipphone", "audiocodes"),
        asks_for=5.0,
        sends_mac=False,
        # 400HD administrator manual, "SIP SUBSCRIBE and NOTIFY Messages".
        obeys_first=Text(
            "DHCP options 160, 66 and 67 come before this URL: with one of them, the phone does "
            "not even ask."
        ),
        example_url="http://192.168.10.5/audiocodes/",
    ),
    Make("Akuvox"),
    Make("Htek"),
    Make("VTech"),
    # [polycom-check-cfg], [cisco-check-cfg] and [aastra-check-cfg] of Asterisk's sip_notify.conf.
    Make(
        "Poly",
        vendors=("poly",),
        agents=("poly",),
        reboot=CHECK_SYNC,
    ),
    Make("Cisco", vendors=("cisco",), agents=("cisco",), reboot=CHECK_SYNC),
    Make(
        "Mitel",
        vendors=("mitel", "aastra"),
        agents=("mitel", "aastra"),
        reboot=CHECK_SYNC,
    ),
)

MAKES = {make.name: make for make in _ALL}
_UNKNOWN = Make("")

_BY_PREFIX = {prefix: make for make, ours in PREFIXES.items() for prefix in ours.split()}
_BY_VENDOR = tuple(
    (start, make.name) for make in _ALL for start in (*make.vendors, make.name.lower())
)
_BY_AGENT = tuple(
    (start, make.name) for make in _ALL for start in (*make.agents, make.name.lower())
)
_SAYS_NOTHING = ("", "oem")
"""Vendors that name nobody: older snom phones say OEM, AudioCodes sends none."""


def make_of(vendor: str, mac: str, user_agent: str) -> str:
    """The make to show: from the vendor sent, else the User-Agent, else the MAC's owner.

    A vendor that is not in the table is shown as the phone wrote it.
    """
    return _self_named(vendor, user_agent) or owner_of(mac) or vendor


@lru_cache(256)
def _self_named(vendor: str, user_agent: str) -> str:
    """The make as the phone names it, "" if it does not."""
    said = vendor.lower()
    if said not in _SAYS_NOTHING:
        return _starting(said, _BY_VENDOR) or vendor
    return _starting(user_agent.lower(), _BY_AGENT)


def owner_of(mac: str) -> str:
    """The make that the MAC's prefix is assigned to, or ""."""
    of = _BY_PREFIX.get
    return of(mac[:9]) or of(mac[:7]) or of(mac[:6], "")


def make_without_mac(mac: str) -> str:
    """The make that this MAC belongs to, if its phones do not send their MAC, else ""."""
    make = MAKES.get(owner_of(mac), _UNKNOWN)
    return "" if make.sends_mac else make.name


def asks_for(make: str) -> float:
    """Seconds a phone of this make waits for an answer."""
    return MAKES.get(make, _UNKNOWN).asks_for


def reboot_event(make: str, model: str) -> str:
    """The Event that asks a phone of this make and model to reboot."""
    known = MAKES.get(make, _UNKNOWN)
    return CHECK_SYNC if model.upper().startswith(known.plain_reboot) else known.reboot


def _starting(text: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((name for start, name in table if text.startswith(start)), "")
