from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.system.mask import SECRET_NAMES, is_secret, mask_message, mask_text, mask_url


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("http://bob:secret@pbx/{mac}.xml", "http://xxx:xxxxxx@pbx/{mac}.xml"),
        ("ftp://bob@pbx/", "ftp://xxx@pbx/"),
        ("http://bob:se@cret@pbx:80/", "http://xxx:xxxxxxx@pbx:80/"),
        (
            "http://pbx/?mac={mac}&user=joe&password=a;b#x",
            "http://pbx/?mac={mac}&user=xxx&password=xxx#x",
        ),
        ("http://pbx/?HTTP_Password=a", "http://pbx/?HTTP_Password=x"),
        ("http://pbx/;pwd=12?mac=1", "http://pbx/;pwd=xxxxxxxx"),
        ("http://pbx/?password=a;b;c&mac=1", "http://pbx/?password=xxxxx&mac=1"),
        ("http://pbx/x?a=1;pw=22", "http://pbx/x?a=1;pw=xx"),
        ("http://pbx/?next=http://bob:pw@other/", "http://pbx/?next=http://xxx:xx@other/"),
        ("http://pbx/snom/{mac}.xml?monkey=1", "http://pbx/snom/{mac}.xml?monkey=1"),
        ("http://pbx/path?mail=a@b", "http://pbx/path?mail=a@b"),
        ("tftp://192.0.2.1/$mac.cfg", "tftp://192.0.2.1/$mac.cfg"),
        ("http://pbx/?password=", "http://pbx/?password="),
        ("", ""),
    ],
)
def test_user_and_password_become_as_many_x(url: str, masked: str) -> None:
    assert mask_url(url) == masked


def test_a_text_keeps_its_words_around_the_url() -> None:
    text = "Offered http://bob:pw@pbx/a to 10.1.2.3, and ftp://joe@pbx"
    assert mask_text(text) == "Offered http://xxx:xx@pbx/a to 10.1.2.3, and ftp://xxx@pbx"


def test_a_message_keeps_its_addresses_and_its_length() -> None:
    head = (
        "NOTIFY sip:bob:pw@192.0.2.7 SIP/2.0\r\n"
        "Contact: <sip:joe@192.0.2.7;user=phone>\r\n"
        "Call-Info: <http://joe:pw@pbx>;purpose=icon,<sip:a@b;user=phone>\r\n\r\n"
    )
    body = 'http://joe:p<>"w@pbx/?token=abc'
    masked = mask_message((head + body).encode()).decode()
    assert masked == (
        head.replace("http://joe:pw@", "http://xxx:xx@") + "http://xxx:xxxxx@pbx/?token=xxx"
    )


def test_a_request_for_a_file_keeps_neither_its_query_nor_its_authorization() -> None:
    request = (
        "GET /a.cfg?user=joe&pin=1 HTTP/1.1\r\nHost: h:8080\r\n"
        'Authorization: Basic am9lOnB3\r\nproxy-authorization:Digest username="joe"\r\n'
        "Cookie: id=7\r\nX: y\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"
    )
    masked = mask_message(request.encode()).decode()
    assert masked == (
        "GET /a.cfg?user=xxx&pin=x HTTP/1.1\r\nHost: h:8080\r\n"
        "Authorization: Basic xxxxxxxx\r\nproxy-authorization:Digest xxxxxxxxxxxxxx\r\n"
        "Cookie: xxxx\r\nX: y\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"
    )


_WORD = st.text(string.ascii_letters + string.digits + "-._~!$'()*+,;=:%@<>\"{}", min_size=1)
_PLAIN = st.text(string.ascii_lowercase, max_size=8)
_QUERY_VALUE = st.text(string.ascii_letters + string.digits + "-._~!$'()*+,;=:%@/?", min_size=1)


@given(_WORD, _WORD, _PLAIN)
def test_nothing_of_user_and_password_is_left(user: str, password: str, path: str) -> None:
    url = f"https://{user}:{password}@pbx.example:8443/{path}"
    masked = mask_url(url)
    assert len(masked) == len(url)
    assert masked.endswith(f"@pbx.example:8443/{path}")
    assert set(masked.removeprefix("https://").rpartition("@")[0]) <= {"x", ":"}
    assert mask_url(masked) == masked


@given(st.sampled_from(SECRET_NAMES), _QUERY_VALUE, _PLAIN)
def test_nothing_of_a_secret_parameter_is_left(name: str, value: str, other: str) -> None:
    url = f"http://pbx/a?mac={other}&{name}={value}&ip=1"
    masked = mask_url(url)
    assert masked == f"http://pbx/a?mac={other}&{name}={'x' * len(value)}&ip=1"
    assert mask_url(masked) == masked


@given(st.binary(max_size=300))
def test_any_bytes_keep_their_length(data: bytes) -> None:
    data = b"NOTIFY\r\nX: http://" + data
    masked = mask_message(data)
    assert len(masked) == len(data)
    assert mask_message(masked) == masked


@given(st.text(max_size=200))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(mask_text(f"a://{text}")) == len(text) + 4


def test_names_that_only_look_like_it_are_left_alone() -> None:
    assert not any(map(is_secret, ("mac", "monkey", "model", "passage", "keyboard", "")))
    assert all(map(is_secret, ("Password", "http_password", "API-Key", "x-auth-token")))
    assert all(map(is_secret, ("http_user", "http_pass", "user_pwd", "X-Amz-Signature")))
