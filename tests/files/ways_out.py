"""Requests that try to leave the folder or to reach what is not to be served, as they stand in a
request line. `FORBIDDEN` cannot be a name on any system."""

from __future__ import annotations

UP = ("..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%25252e%25252e", "%c0%ae%c0%ae", "%e0%80%ae.")
"""Spellings of "..": encoded, twice and three times, as overlong UTF-8."""
SLASH = ("/", "%2f", "%5c", "\\", "%252f", "%255c", "%c0%af", "%c1%9c")

FORBIDDEN = (
    *(f"/{up}{slash}secret.txt" for up in UP for slash in ("/", "%2f", "%5c")),
    *(f"/sub{slash}..{slash}..{slash}secret.txt" for slash in SLASH),
    *("/../../../../etc/passwd", "/sub/../../secret.txt", "//../secret.txt", "/./secret.txt"),
    *("/..", "/.", "/...", "/.../secret.txt", "/sub/..", "/..;/secret.txt", "/%2e%2e;x/secret.txt"),
    *(
        "",
        "/",
        "//",
        "/sub/",
        "*",
        "/%00",
        "/inside.txt%00.xml",
        "/inside.txt%0a",
        "/%7f",
        "/%e2%80%ae",
    ),
    *("/.hidden", "/sub/.hidden", "/.git/config", "/%2ehidden"),
    *(
        "/inside.txt::$DATA",
        "/inside.txt:stream",
        "/sub::$INDEX_ALLOCATION/deep.txt",
        "/c:/secret.txt",
    ),
    *(
        "/C:%5csecret.txt",
        "/c:secret.txt",
        "/%5c%5cserver%5cshare%5cx",
        "/%5c%5c%3f%5cC:%5cx",
        "/\\\\.\\C:",
    ),
    *(
        "/CON",
        "/nul",
        "/NUL.txt",
        "/aux.cfg",
        "/com1",
        "/COM9.xml",
        "/lpt1.x.y",
        "/sub/prn",
        "/con .txt",
    ),
    *("/COM%c2%b9", "/CONIN$", "/conout$.txt", "/clock$"),
    *("/inside.txt.", "/inside.txt%20", "/inside.txt...", "/sub./deep.txt", "/sub%20/deep.txt"),
    *("/inside.*", "/inside.tx%3f", "/%3c.txt", "/a%7cb", "/inside.txt%22"),
    *(
        "/%fe%ff",
        "/%ed%a0%80",
        "/%ff",
        "/" + "a" * 256,
        "/" + "a/" * 40 + "x",
        "/" + "%c3%a4" * 128,
    ),
)
NOT_THERE = (
    *("/INSIDE~1.TXT", "/inside~1.txt", "/Inside.txt", "/SUB/deep.txt", "/inside", "/inside.txt/x"),
    *("/sub", "/link-out.txt", "/link-in.txt", "/folder-out/secret.txt", "/folder-in/deep.txt"),
    *(
        "/pipe",
        "/socket",
        "/secret.txt",
        "/etc/passwd",
        "/~root/secret.txt",
        "/~/secret.txt",
        "/$HOME",
    ),
    *("/%24HOME/x", "/file%2fsecret.txt"),
)
"""Allowed by their form, but nothing that is served is there (see the fixture `furnished`)."""
