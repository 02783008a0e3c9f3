"""The URL a technician types: what is refused with which sentence, what goes out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.pnp.url import (
    FACTORY_URL,
    KNOWN_LATER,
    MAX_URL,
    check_url,
    expand,
    literals,
    missing_value,
    placeholders,
    server_of,
    warnings_for,
)
from pnp_gui.trouble import Trouble


def filled(template: str, **values: str) -> str:
    known = {
        "mac": "000413A2105F",
        "ip": "10.13.2.67",
        "host": "10.13.2.2",
        "vendor": "snom",
        "model": "D785",
        "version": "10.1.39",
    }
    return expand(template, **{**known, **values})


@pytest.mark.parametrize(
    "url",
    [
        *(FACTORY_URL, "http://h", "https://h:65535/", "tftp://10.0.0.1", "ftp://u:p@h:1/x"),
        *("HTTP://h/x", "http://[fe80::1]:8080/x", "http://h?x=1", "http://h#x", "http://u@h/"),
        *("http://h/$mac.cfg", "http://h/%MACD", "http://h/a%20b", "http://${ip}:80/${mac:-}"),
        "http://h/$${mac}{mac}",
        "http://h/${mac}${MAC}${mac:-}${MAC:-}${ip}${host}${vendor}${model}${version}",
        "tftp://${host}",
        "http://${host}:8080/${mac}.xml",
        "http://h/" + "x" * (MAX_URL - 9),
    ],
)
def test_good_urls(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "empty"),
        (" http://h", "a space at position 1"),
        ("http://h/a b", "a space at position 11"),
        ("http://h/\t", "a tab at position 10"),
        ("http://h/\n", "a line break at position 10"),
        ("http://h/\r", "a line break at position 10"),
        ("http://h/ü", "the character 'ü' at position 10"),
        ("http://h/\0", "the character '\\x00' at position 10"),
        ("http://h/\x7f", "position 10"),
        ("h/x", "begins with “h/x”"),
        ("gopher://h/x", "begins with “gopher://h/x”"),
        ("javascript:alert(1)//", "begins with “javascript:a”"),
        ("http:/h", "begin with http://"),
        ("http://", "no valid host after http:// (position 8)"),
        ("http:///x", "no valid host"),
        ("https://:80/", "no valid host after https:// (position 9)"),
        ("http://h:/", "no valid host"),
        ("http://h:x/", "no valid host"),
        ("http://[1/", "no valid host"),
        ("http://a:1:2/", "no valid host"),
        ("http://h:0/", "port 0 is not"),
        ("http://h:65536/", "port 65536 is not"),
        ("http://h/${foo}", "${foo} at position 10. Known placeholders: ${mac} ${MAC} "),
        ("http://h/${}", "${} at position 10"),
        ("http://h/${mac}/${Mac}", "${Mac} at position 17"),
        ("http://${a/b}/", "${a/b} at position 8"),
        ("http://h/${mac.xml", "without a closing “}”"),
        ("http://h/" + "x" * (MAX_URL - 8), f"{MAX_URL + 1} characters; at most {MAX_URL}"),
    ],
)
def test_a_bad_url_is_refused_with_what_and_where(url: str, words: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_url(url)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert caught.value.code == "url"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "The URL is empty."),
        (
            "http://h/a b",
            "The URL has a space at position 11: write it as %XX or remove it.",
        ),
        (
            "gopher://h/x",
            "The URL must begin with http://, https://, tftp:// or ftp://, but begins with "
            "“gopher://h/x”.",
        ),
        ("https://:80/", "The URL has no valid host after https:// (position 9)."),
        ("http://h:0/", "The URL's port 0 is not between 1 and 65535."),
        ("http://h/${mac", "The URL has a “${” without a closing “}”."),
        (
            "http://h/${foo}",
            "The URL has an unknown placeholder ${foo} at position 10. Known placeholders: "
            "${mac} ${MAC} ${mac:-} ${MAC:-} ${ip} ${host} ${vendor} ${model} ${version}.",
        ),
        (
            "http://h/" + "x" * (MAX_URL - 8),
            "The URL has 1025 characters; at most 1024 fit into one message.",
        ),
    ],
)
def test_what_is_said_of_a_bad_url(url: str, says: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_url(url)
    assert str(caught.value) == says


@given(
    st.text(st.characters(max_codepoint=0x2FF), max_size=80).map(lambda text: "http://h/" + text)
)
@settings(deadline=None, max_examples=100)
def test_a_url_that_passes_goes_into_a_message_as_it_is(url: str) -> None:
    with suppress(Trouble):
        check_url(url)
        assert url.isascii()
        assert url.isprintable()
        assert " " not in url


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("http://h/{mac}", "http://h/{mac}"),
        ("http://h/$mac/$input/%MACD", "http://h/$mac/$input/%MACD"),
        ("http://h/${mac}.xml", "http://h/000413a2105f.xml"),
        ("http://h/${MAC}.xml", "http://h/000413A2105F.xml"),
        ("http://h/${mac:-}", "http://h/00-04-13-a2-10-5f"),
        ("http://h/${MAC:-}", "http://h/00-04-13-A2-10-5F"),
        ("http://${ip}/${mac}{mac}", "http://10.13.2.67/000413a2105f{mac}"),
        ("http://h/${vendor}/${model}/${version}", "http://h/snom/D785/10.1.39"),
        ("http://${host}:8080/${ip}/", "http://10.13.2.2:8080/10.13.2.67/"),
        ("http://h/$${mac}", "http://h/$000413a2105f"),
    ],
)
def test_only_our_own_placeholders_are_filled_in(template: str, url: str) -> None:
    assert filled(template) == url


def test_a_phones_own_words_cannot_write_more_than_a_name_into_the_url() -> None:
    url = filled("http://h/${vendor}/${model}", vendor="a/../?b=c#d", model='é "${mac}\r\nX: y')
    assert url == "http://h/a%2F..%2F%3Fb%3Dc%23d/%C3%A9%20%22%24%7Bmac%7D%0D%0AX%3A%20y"


@given(st.text(max_size=30), st.sampled_from(["vendor", "model", "version"]))
@settings(deadline=None, max_examples=100)
def test_whatever_a_phone_calls_itself_the_url_stays_one(text: str, name: str) -> None:
    try:
        url = filled(f"http://h/${{{name}}}/x", **{name: text})
    except Trouble:
        return
    assert url.startswith("http://h/")
    assert url.endswith("/x")
    assert url.count("/") == 4
    check_url(url)


@pytest.mark.parametrize(
    "name", ["mac", "MAC", "mac:-", "MAC:-", "ip", "vendor", "model", "version"]
)
def test_a_placeholder_that_the_phone_has_nothing_for_is_a_trouble(name: str) -> None:
    empty = {"mac": "", "ip": "", "vendor": "", "model": "", "version": "", "host": ""}
    with pytest.raises(Trouble) as caught:
        expand(f"http://h/${{{name}}}", **empty)
    says = f"This phone does not send a value for ${{{name}}}: give it its own URL."
    assert (caught.value.code, str(caught.value)) == ("url_value", says)
    assert expand("http://h/{mac}", **empty) == "http://h/{mac}"


def test_our_address_is_known_when_the_phone_asks() -> None:
    with pytest.raises(Trouble) as caught:
        filled("http://${host}/", host="")
    assert caught.value.code == KNOWN_LATER


def test_dashes_alone_are_no_value() -> None:
    with pytest.raises(Trouble):
        filled("http://h/${model}", model="---")
    assert filled("http://h/${model}", model="X-") == "http://h/X-"


def test_a_placeholder_that_is_not_known_is_a_trouble_when_filled_in_too() -> None:
    with pytest.raises(Trouble):
        filled("http://h/${serial}")


@pytest.mark.parametrize(
    ("template", "make", "codes"),
    [
        ("http://h/x.cfg", "Grandstream", ["url_folder"]),
        ("http://h/x/", "Grandstream", []),
        ("http://h/x.cfg", "VTech", []),
        ("http://h/x.cfg", "Yealink", []),
        ("http://h/" + "x" * 376, "Panasonic", ["url_long"]),
        ("http://h/" + "x" * 375, "Panasonic", []),
        ("http://h/{mac}", "snom", []),
        ("http://h/{mac}", "Panasonic", []),
        ("http://h/{mac}", "Yealink", ["url_expands"]),
        ("http://h/${mac}", "Yealink", []),
        ("http://h/${mac}/{mac}", "Yealink", ["url_expands"]),
        ("http://h/{mac}/{mac}/$mac", "Yealink", ["url_expands", "url_expands"]),
        ("http://h/$mac.cfg", "Fanvil", []),
        ("http://h/$mac.cfg", "snom", ["url_expands"]),
        ("http://h/$machine", "snom", []),
        ("http://h/%MACD", "Gigaset", []),
        ("http://h/%MACD", "snom", ["url_expands"]),
        ("http://h/{mac}", "Grandstream", ["url_folder", "url_expands"]),
        ("http://h/{mac}", "Unheard-of", []),
        ("http://h/{mac}", "", []),
        (FACTORY_URL, "snom", []),
        (FACTORY_URL, "OEM", []),
        (FACTORY_URL, "", []),
        (FACTORY_URL, "Yealink", ["url_snom"]),
        (FACTORY_URL, "Panasonic", ["url_snom"]),
        (FACTORY_URL, "Unheard-of", ["url_snom"]),
    ],
)
def test_what_a_make_will_not_take_is_a_warning(template: str, make: str, codes: list[str]) -> None:
    found = warnings_for(template, make)
    assert [trouble.code for trouble in found] == codes
    for trouble in found:
        assert str(trouble).startswith(make)
        assert str(trouble).endswith(".")


@pytest.mark.parametrize(
    ("template", "make", "says"),
    [
        (
            FACTORY_URL,
            "Yealink",
            "Yealink phones find nothing on snom's own server: type your URL at the top, or give "
            "the phone or its make one (F2, F7).",
        ),
        (
            "http://h/x.cfg",
            "Grandstream",
            "Grandstream phones append their own file name: give them the URL of a folder, "
            "which ends in “/”.",
        ),
        (
            "http://h/" + "x" * 376,
            "Panasonic",
            "Panasonic phones accept URLs of at most 384 characters; this one has 385.",
        ),
        (
            "http://h/{mac}",
            "Yealink",
            "Yealink phones do not fill in {mac}: write ${mac}, which PnP Bench fills in.",
        ),
        (
            "http://h/" + "x" * 1000,
            "",
            "The URL has 1009 characters. With more than 962, its message is sent in "
            "fragments, which many phones do not accept: shorten it.",
        ),
    ],
)
def test_what_a_warning_says(template: str, make: str, says: str) -> None:
    assert list(map(str, warnings_for(template, make))) == [says]


@pytest.mark.parametrize(
    ("name", "own", "asked", "code", "says"),
    [
        ("model", False, False, KNOWN_LATER, "${model} is not known until the phone asks."),
        ("host", True, True, KNOWN_LATER, "${host} is not known until the phone asks."),
        (
            *("mac", True, False, "url_value"),
            "The phone's own URL needs ${mac}, for which the phone does not send a value: give it "
            "another URL (F2).",
        ),
        (
            *("MAC:-", False, False, "url_value"),
            "This phone does not send a value for ${MAC:-}: give it its own URL.",
        ),
        (
            *("model", False, True, "url_value"),
            "This phone does not send a value for ${model}: give it its own URL.",
        ),
    ],
)
def test_what_a_missing_value_says(name: str, own: bool, asked: bool, code: str, says: str) -> None:
    trouble = missing_value(name, own=own, asked=asked)
    assert (trouble.code, str(trouble)) == (code, says)


@pytest.mark.parametrize("make", ["snom", "Yealink", "Unheard-of", ""])
def test_a_url_whose_notify_would_break_into_fragments_is_warned_of(make: str) -> None:
    size = 600
    fits = "http://h/".ljust(1472 - size, "x")
    assert warnings_for(fits, make, size) == []
    [trouble] = warnings_for(fits + "x", make, size)
    assert (trouble.code, trouble.values["most"]) == ("url_fragments", 872)
    assert "fragments" in str(trouble)


@pytest.mark.parametrize(
    "url",
    ["http://h/" + "${" * 4000, "http://" + "${" * 4000, "http://" + "a@" * 4000, "{mac" * 2000],
    ids=["open placeholders", "in the host", "many users", "open braces"],
)
def test_a_long_text_in_the_url_field_is_refused(url: str) -> None:
    with pytest.raises(Trouble):
        check_url(url)
    warnings_for(url, "Grandstream")


def test_placeholders_are_named_once_each_in_their_order() -> None:
    assert placeholders("http://h/${mac:-}/${model}/${mac:-}?ip=${ip}&own={mac}") == (
        "mac:-",
        "model",
        "ip",
    )
    assert placeholders("http://h/$mac") == ()


def test_what_stands_around_the_placeholders() -> None:
    assert literals("http://${host}/${mac}.cfg") == ["http://", "/", ".cfg"]
    assert literals("${ip}${mac}") == []
    assert literals("http://h/$mac") == ["http://h/$mac"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("http://${host}:8080/${mac}.cfg", ("http", "${host}", 8080)),
        ("HTTP://10.1.0.2/", ("http", "10.1.0.2", 80)),
        ("tftp://${host}/", ("tftp", "${host}", 69)),
        ("sip:10.1.0.2", ("sip", "", 0)),
        ("http://[10.1.0.2/", ("", "", 0)),
        ("http://10.1.0.2:99999/", ("", "", 0)),
    ],
)
def test_which_server_a_url_leads_to(url: str, server: tuple[str, str, int]) -> None:
    assert server_of(url) == server
