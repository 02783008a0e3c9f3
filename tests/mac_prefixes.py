"""Makes `pnp_gui/pnp/mac_prefixes.py` from the IEEE's registry: `python -m tests.mac_prefixes`.

The registry is the one that the package pymanuf ships: MA-L (24 bits), MA-M (28) and MA-S (36).
A newer one: raise the version in pyproject.toml, install, run this, commit both.
"""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files
from pathlib import Path

MODULE = Path(__file__).parents[1] / "pnp_gui" / "pnp" / "mac_prefixes.py"

ORGANISATIONS = {
    "2N": "2N TELEKOMUNIKACE",
    "AGFEO": "AGFEO",
    "Akuvox": "Akuvox",
    "Alcatel-Lucent": "Alcatel-Lucent Enterprise|ALE International",
    "Algo": "Algo Communication Products",
    "Ascom": "Ascom (Tateco|Danmark)",
    "ATCOM": "ATCOM Technology",
    "AudioCodes": "Audio ?Codes",
    "Auerswald": "Auerswald",
    "Avaya": "Avaya",
    # 000E08 was Sipura's, whose SPA phones Cisco took over; the prefixes of Cisco itself are mostly
    # those of switches.
    "Cisco": "Cisco-Linksys",
    "Commend": "Commend International",
    "CyberData": "Cyberdata",
    "Digium": "Digium",
    "Dinstar": "Dinstar",
    "DoorBird": "Bird Home Automation",
    "Ericsson-LG": "Ericsson-LG|LG-Ericsson",
    "Escene": "Guangzhou Escene",
    "Fanvil": "Fanvil",
    "Flyingvoice": "Flyingvoice",
    "Gigaset": "Gigaset",
    "Grandstream": "Grandstream",
    "Htek": "Hanlong Technology",
    "innovaphone": "innovaphone",
    "Mitel": "Mitel (Corporation|Networks)|Aastra|ShoreTel",
    "Obihai": "Obihai",
    "Panasonic": "Panasonic (Communications|Connect|System)",
    "PLANET": "PLANET Technology",
    "Poly": "Poly$|Polycom$|Plantronics",
    "RTX": "RTX Telecom",
    "Sangoma": "Sangoma",
    "Siedle": "S. Siedle",
    "snom": "snom technology",
    "Spectralink": "Spectralink|KIRK telecom",
    "Swissvoice": "Swissvoice",
    "Tiptel": "Tiptel",
    "Unify": "Unify (Software|Networks)",
    "VTech": "VTech Telecommunications",
    "Wildix": "Wildix",
    "Yealink": "(Xiamen )?Yealink",
    "Yeastar": "Xiamen Yeastar",
    "Zultys": "Zultys",
    "ZYCOO": "Zycoo",
}
"""Each make, as `make_of` shows it, and how its organisations begin in the registry."""

HEAD = '''"""The MAC prefixes of the makers of phones, as the IEEE assigned them.

Made by `python -m tests.mac_prefixes`, which names the organisations. Not to be edited.
"""

# fmt: off
PREFIXES = {
'''


def registry() -> list[tuple[str, str]]:
    """Prefix (6, 7 or 9 upper-case hex digits) and organisation of each assignment."""
    text = files("pymanuf").joinpath("manuf.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([0-9A-F:]+)(?:/(\d+))?\t+(.+)$", text, re.MULTILINE)
    return [(mac.replace(":", "")[: int(bits or 24) // 4], name) for mac, bits, name in found]


def module() -> str:
    """The module's text."""
    assigned = sorted(registry())
    lines = []
    for make, begins in ORGANISATIONS.items():
        ours = [prefix for prefix, name in assigned if re.match(begins, name, re.IGNORECASE)]
        assert ours, f"the registry has no {begins}"
        rows = textwrap.wrap(" ".join(ours), 88)
        lines += [
            f'    "{make}":',
            *(f'        "{row} "' for row in rows[:-1]),
            f'        "{rows[-1]}",',
        ]
    return HEAD + "\n".join([*lines, "}"]) + '\n"""Make → its prefixes of 24, 28 or 36 bits."""\n'


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8", newline="\n")
