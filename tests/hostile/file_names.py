"""Names and paths by which somebody tries to leave the served folder.

Beside it lies "secret"; in it are ".hidden", "sub/.netrc", "link" (to secret), "out" (to the folder
around it) and "pipe".
"""

from __future__ import annotations

_DOTS = ["..", "../..", "./..", ".../..", "sub/..", "sub/../..", "sub/deep/../../..", "//..", "/.."]
_DOTS += ["%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "%252e%252e%252f", "..%c0%af", "%c0%ae%c0%ae"]
_DOTS += ["..%ef%bc%8f", "%uff0e%uff0e", "..%00", "..;", "..%20", "..\t", "..\r\n"]
_DOTS += ["\u2024\u2024", "\uff0e\uff0e", "..\uff0f"]

LEADING_OUT = [f"{dots}/secret" for dots in _DOTS]
LEADING_OUT += ["..\\secret", "sub\\..\\..\\secret", "\\..\\secret", "/etc/passwd", "//etc/passwd"]
LEADING_OUT += [
    "link",
    "link/",
    "out/secret",
    "out/served/.hidden",
    "pipe",
    ".",
    "..",
    "/",
    "",
    "sub",
]
LEADING_OUT += [
    ".hidden",
    "sub/.netrc",
    "./.hidden",
    "a.cfg/../../secret",
    "a.cfg/",
    "sub/",
    "/secret",
]
LEADING_OUT += ["C:\\Windows\\win.ini", "C:/Windows/win.ini", "C:secret", "\\\\host\\share\\x"]
LEADING_OUT += ["//host/share/x", "\\\\?\\C:\\secret", "\\\\.\\C:", "a.cfg::$DATA", "a.cfg:hidden"]
LEADING_OUT += [
    ".hidden::$DATA",
    "A~1.CFG",
    "con",
    "nul.cfg",
    "sub/aux",
    "com1",
    "lpt¹.txt",
    "conin$",
]
LEADING_OUT += ["a.cfg.", "a.cfg ", ".hidden.", "~/secret", "~root/secret", "$HOME/secret"]
LEADING_OUT += ["file:///secret", "http://127.0.0.1/secret", "a" * 5000, "a/" * 400 + "x"]
LEADING_OUT += ["\udcff\udcfe", "a\u202ecfg", "a.cfg\n", "a.cfg\x1b[2J", "*", "?", "a*.cfg", "<b>"]
LEADING_OUT += ["[a].cfg", "|cat /etc/passwd", "`id`", "%s%n{0}"]
