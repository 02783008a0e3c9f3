"""Masks user name and password, in URLs and headers: the one place that knows where they are.

Every character becomes one `x`, so that a masked message keeps its Content-Length. SIP addresses
(`sip:name@host`) have no `://` and stay.
"""

from __future__ import annotations

import re

INK = "x"
"""Replaces each character."""

SECRET_NAMES = (
    *("user", "usr", "username", "uid", "login", "account", "benutzer", "benutzername"),
    *("password", "passwd", "passwort", "passphrase", "pass", "pwd", "pw", "pin", "kennwort"),
    *("secret", "token", "auth", "key", "apikey", "signature", "sig", "credential", "credentials"),
)
"""Names of parameters whose values are masked, without their separators and in lower case."""

SECRET_ENDS = (
    *("user", "username", "password", "passwd", "pass", "pwd"),
    *("secret", "token", "apikey", "accesskey", "signature", "credential"),
)
"""Names with these endings are secret too: `http_password`, snom's `http_user` and `http_pass`,
`X-Amz-Security-Token`."""

# RFC 3986 section 3.2.1: userinfo is before the last @ of the authority, which ends at / ? or #.
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]{0,30}://"  # bounded: no quadratic time for a long word
_USER_INFO = re.compile(rf"(?P<before>{_SCHEME})(?P<info>[^/?#\s]*)(?=@)")
_PARAMETER = re.compile(r"[?&;#]([^?&;#=\s]*)=")
_VALUE = re.compile(r"[^&#\s]*")  # a semicolon may be part of a password
_URL = re.compile(rf"{_SCHEME}\S*")
# In a header a URL is between < and >, or quotes; the rest belongs to the header.
_URL_IN_HEADER = re.compile(rf"{_SCHEME}[^\s<>\"]*")
_PROOF = re.compile(
    r"^((?:Proxy-)?Authorization[ \t]*:[ \t]*(?:[\w-]+[ \t]+)?|Cookie[ \t]*:[ \t]*)([^\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
"""RFC 9110 section 11.6.2, RFC 3261 section 20.7: what comes after the scheme."""
_PATH = re.compile(r"\A[A-Z]+ /\S*")
"""How a request for a file begins: the path has no scheme and no host."""
_END_OF_HEAD = re.compile(r"\n\r?\n")
_SEPARATORS = str.maketrans("", "", "-_.")


def mask_url(url: str) -> str:
    """The URL, in its full length, with user, password and secret parameters as x's."""
    if "@" in url:
        url = _USER_INFO.sub(lambda found: found["before"] + _inked(found["info"]), url)
    if "=" in url:
        url = _with_masked_parameters(url)
    return url


def mask_text(text: str) -> str:
    """A text with every URL in it masked."""
    if "://" not in text:
        return text
    return _URL.sub(lambda found: mask_url(found[0]), text)


def mask_message(data: bytes) -> bytes:
    """A SIP message, or a request for a file, in its full length: every URL in it masked, and what
    proves who somebody is."""
    text = data.decode("latin-1")
    end = _END_OF_HEAD.search(text)
    body_at = end.end() if end else len(text)
    head = _URL_IN_HEADER.sub(lambda found: mask_url(found[0]), text[:body_at])
    head = _PROOF.sub(lambda found: found[1] + INK * len(found[2]), head)
    head = _PATH.sub(lambda found: mask_url(found[0]), head)
    return (head + mask_text(text[body_at:])).encode("latin-1")


def _with_masked_parameters(url: str) -> str:
    at = 0
    while found := _PARAMETER.search(url, at):
        at = found.end()
        if is_secret(found[1]):
            value = _VALUE.match(url, at)
            assert value is not None
            url = url[:at] + INK * len(value[0]) + url[value.end() :]
            at = value.end()
    return url


def is_secret(name: str) -> bool:
    """Whether a parameter with this name is a user name, a password or a key."""
    plain = name.lower().translate(_SEPARATORS)
    return plain in SECRET_NAMES or plain.endswith(SECRET_ENDS)


def _inked(user_info: str) -> str:
    """The colon stays: it shows that there is a password."""
    user, colon, password = user_info.partition(":")
    return INK * len(user) + colon + INK * len(password)
