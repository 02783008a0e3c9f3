"""A sheet as German Excel saves it: semicolons, Windows-1252, four forms of MAC, nine bad lines."""

from __future__ import annotations

BAD = [
    (22, "sheet_mac"),
    (62, "sheet_mac"),
    (102, "sheet_mac"),
    (142, "sheet_mac"),
    (182, "sheet_twice"),
    (222, "sheet_decision"),
    (262, "url"),
    (302, "url"),
    (342, "sheet_quote"),
]
"""Line and code of the nine."""

_WRONG = (
    "1,23457E+11;approved;;Zimmer 1",
    "413102030;approved;;",
    "00:04:13:B0:00;denied;;",
    ";approved;;Keller",
    "00:04:13:B0:00:01;denied;;doppelt",
    "00:04:13:C0:00:01;vielleicht;;",
    "00:04:13:C0:00:02;approved;gopher://x/;",
    "00:04:13:C0:00:03;approved;http://a b/;",
    '00:04:13:C0:00:04;approved;;"Saal',
)
_DECISIONS = ("approved", "denied", "", "ja")
_URLS = ("", "http://10.0.0.5/snom/{mac}.xml", "https://u:p@h/a;b?x=1,2", "")
_LABELS = ("Büro {n}", "Küche, links {n}", "=A1+{n}", "Büro „Süd“; {n} €", "")


def excel_sheet() -> bytes:
    """500 lines under a heading."""
    rows = []
    for n in range(491):
        plain = f"000413{0xB00000 + n:06X}"
        pairs = [plain[i : i + 2] for i in range(0, 12, 2)]
        forms = (
            ":".join(pairs),
            "-".join(pairs).lower(),
            ".".join((plain[:4], plain[4:8], plain[8:])),
            f"MAC:{plain}",
        )
        label = _LABELS[n % 5].format(n=n + 100)
        cells = (forms[n % 4], _DECISIONS[n // 3 % 4], _URLS[n // 2 % 4], label)
        rows.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in cells))
    for place, text in enumerate(_WRONG):
        rows.insert(20 + 40 * place, text)
    heading = "MAC-Adresse;Freigabe;URL;Bezeichnung"
    return "\r\n".join((heading, *rows, "")).encode("windows-1252")
