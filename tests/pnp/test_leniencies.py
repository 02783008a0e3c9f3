"""A SUBSCRIBE that somebody else wrote, with every leniency at once, says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pnp.phones import SHAPES, Shape
from tests.pnp.understood import check, understood

COMPACT = {"Via": "v", "From": "f", "To": "t", "Call-ID": "i", "Contact": "m", "Event": "o"}
_BLANKS = st.sampled_from(["", "", " ", "  ", "\t"])


@st.composite
def oddly_written(draw: st.DrawFn, shape: Shape) -> tuple[bytes, list[str]]:
    """This phone's SUBSCRIBE, written by somebody else; and its Via values in order."""
    first, *lines = shape.wire().decode("latin-1").replace("\r\n", "\n").strip("\n").split("\n")
    headers: list[list[str]] = []
    for line in lines:
        if line[0] == " ":
            headers[-1][1] += line
        else:
            name, _, value = line.partition(":")
            headers.append([COMPACT.get(name, name), value.strip()])
    own_via = next(value for name, value in headers if name == "v")
    vias = [own_via, *(value for name, value in headers if name == "v" and value != own_via)]
    vias += draw(
        st.lists(st.sampled_from(["SIP/2.0/UDP 10.9.9.9:5060;branch=z9hG4bKp", "SIP/2.0/TCP p"]))
    )
    one_header = draw(st.booleans())
    others = [header for header in headers if header[0] != "v"]
    others += [["X-Ort", "B\xfcro \xe4\xf6\xfc\xff"], ["Supported", ""], ["x-empty", ""]]
    others = draw(st.permutations(others))
    ordered = [["v", ", ".join(vias)]] if one_header else [["v", via] for via in vias]
    for header in others:  # the Vias keep their order, anything may stand between them
        ordered.insert(draw(st.integers(0, len(ordered))), header)
    long_name = {short: name for name, short in COMPACT.items()}
    text = first
    for name, value in ordered:
        written = long_name.get(name, name) if draw(st.booleans()) else name
        written = draw(
            st.sampled_from([written, written.upper(), written.lower(), written.title()])
        )
        end = draw(st.sampled_from(["", "", "\n ", "\n\t "]))
        if name == "o" and draw(st.booleans()):
            fold = draw(st.sampled_from(["\n ", "\n\t", " "]))
            value = value.replace(";", f"{fold};{draw(_BLANKS)}").replace("=", " = ")
        text += f"\n{written}{draw(_BLANKS)}:{end}{draw(_BLANKS)}{value}{draw(_BLANKS)}"
    text += "\n\n"
    before = draw(st.sampled_from(["", "", "\r\n", "\n\n"]))
    text = before + text.replace("\n", draw(st.sampled_from(["\r\n", "\n"])))
    return text.encode("latin-1"), [", ".join(vias)] if one_header else vias


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_all_leniencies_together(shape: Shape, data: st.DataObject) -> None:
    written, vias = data.draw(oddly_written(shape))
    ask = understood(written, shape.source())
    check(shape, ask)
    assert ask.vias[1:] == vias[1:]
