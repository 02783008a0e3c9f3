"""``python -m tests.phones``: run simulated phones, by hand or from a test.

MACs follow from place and shape, so a sheet can be written before anything is sent.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pnp_gui.demo.phone import Behaviour, PhoneReport, SimulatedPhone
from pnp_gui.demo.runner import PhoneRunner
from pnp_gui.demo.shape import Shape
from pnp_gui.demo.shapes import SHAPES
from pnp_gui.demo.start import make_roster
from pnp_gui.pnp.sip_values import GROUP, PORT
from pnp_gui.system.printable import printable
from tests.field_shapes import FIELD_SHAPES

ALL_SHAPES = SHAPES | FIELD_SHAPES
BEHAVIOURS = {
    "accept": Behaviour(),
    "refuse": Behaviour(status=481),
    "silent": Behaviour(status=0),
    "third": Behaviour(answers=4),
    "closes": Behaviour(status=0, closes=True),
}
_OPTIONS: dict[str, Any] = {"again": float, "reboots": float, "reboot": int}


def behaviour_of(text: str) -> Behaviour:
    """A behaviour by its words: "refuse:489", "silent+again:40", "accept+reboots:90+reboot:401".
    Raises ValueError that says which word is not understood."""
    first, *others = text.split("+")
    name, _, value = first.partition(":")
    if name not in BEHAVIOURS or (value and name != "refuse"):
        raise ValueError(f"{first!r} is no behaviour; known are {', '.join(BEHAVIOURS)}")
    made = BEHAVIOURS[name]
    if value:
        made = dataclasses.replace(made, status=int(value))
    for other in others:
        name, _, value = other.partition(":")
        if name not in _OPTIONS:
            raise ValueError(f"{other!r} is none of again:SECONDS, reboots:SECONDS, reboot:CODE")
        made = dataclasses.replace(made, **{name: _OPTIONS[name](value)})
    return made


def sheet_of(phones: Sequence[SimulatedPhone], decision: str = "approved") -> str:
    """A sheet (CSV) that knows these phones; those without a MAC cannot be in it."""
    lines = [
        f"{phone.mac.lower()},{decision},,{phone.shape.make} {phone.shape.model}"
        for phone in phones
        if phone.shape.sends_mac
    ]
    return "\n".join(["mac,decision,url,label", *lines, ""])


def shapes_of(text: str) -> list[Shape]:
    """Shapes by their names, with commas between."""
    try:
        return [ALL_SHAPES[name] for name in text.split(",")]
    except KeyError as error:
        known = ", ".join(ALL_SHAPES)
        raise argparse.ArgumentTypeError(f"no shape {error}; known are {known}") from None


def behaviours_of(text: str) -> list[Behaviour]:
    """Behaviours by their words, with commas between."""
    try:
        return [behaviour_of(words) for words in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def address_of(text: str) -> tuple[str, int]:
    """ "10.13.2.2" or "10.13.2.2:5060"."""
    host, _, port = text.partition(":")
    return host, int(port or PORT)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.phones",
        description="Simulated VoIP phones: they ask for their URL, check every answer strictly, "
        "and report. Exit status 1 when an answer was not exact.",
    )
    add = parser.add_argument
    add("--target", default=GROUP, help="whom to ask: the group (default), or an address")
    add("--port", type=int, default=PORT, help=f"UDP port to ask ({PORT})")
    add(
        "--interface-address",
        default="",
        help="our address on the interface that multicasts leave by",
    )
    add("--phones", type=int, default=len(SHAPES), metavar="N", help="how many phones")
    add("--shapes", type=shapes_of, default=[], help=f"in turn, of: {', '.join(ALL_SHAPES)}")
    add(
        "--behaviour",
        type=behaviours_of,
        default=[Behaviour()],
        help="in turn, of: accept, refuse[:CODE], silent, third, closes; each may be followed by "
        "+again:SECONDS, +reboots:SECONDS and +reboot:CODE (its answer when asked to; 0: none)",
    )
    add("--first-address", default="127.0.0.2", help="the first phone's address; the others follow")
    add("--every", type=float, default=0.0, metavar="SECONDS", help="from one boot to the next")
    add("--seconds", type=float, default=40.0, metavar="N", help="how long at most (40)")
    add("--grace", type=float, default=0.5, help="seconds to listen on when all are served")
    add("--whole-time", action="store_true", help="do not end early, even when all are served")
    add("--expect-from", type=address_of, help="address[:port] that answers must come from")
    add(
        "--expect-url",
        help="URL that must come; {mac} is left as it is, ${mac} ${MAC} ${ip} filled",
    )
    add("--write-sheet", type=Path, help="only write a sheet that approves these phones, and end")
    add("--json", action="store_true", help="one JSON array instead of a line for each phone")
    return parser.parse_args(arguments)


def fill(template: str, phone: SimulatedPhone) -> str:
    """The URL to insist on; not filled in by the responder's own code."""
    mac = phone.mac if phone.shape.sends_mac else ""
    filled = template.replace("${mac}", mac.lower()).replace("${MAC}", mac)
    return filled.replace("${ip}", phone.address[0])


def line_of(report: PhoneReport) -> str:
    """What came of one phone, in one line; its faults in more."""
    fate = "served" if report.served else "not served"
    return (
        f"{report.address}:{report.port} {report.shape} {report.key}: {fate}, sent {report.sent}, "
        f"received {report.received}, answered {report.answered or '-'} "
        f"{printable(report.url)}\n"
        + "".join(f"    {printable(fault)}\n" for fault in report.faults)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the phones; 0: every answer was exact, 1: some was not, 2: a phone has no port."""
    options = parse(arguments)
    phones = make_roster(
        options.phones,
        first_address=options.first_address,
        shapes=options.shapes,
        behaviours=options.behaviour,
    )
    if options.write_sheet:
        options.write_sheet.write_text(sheet_of(phones), encoding="utf-8")
        return 0
    for phone in phones:
        phone.responder = options.expect_from
        phone.url = options.expect_url and fill(options.expect_url, phone)
    runner = PhoneRunner(
        phones,
        (options.target, options.port),
        interface_address=options.interface_address,
        stagger=options.every,
    )
    try:
        failed = runner.open()
        for failure in failed:
            sys.stderr.write(f"no port for a phone: {printable(str(failure))}\n")
        if failed:
            return 2
        with suppress(KeyboardInterrupt):
            runner.run(options.seconds, until_settled=not options.whole_time, grace=options.grace)
    finally:
        runner.close()
    reports = [phone.report() for phone in phones]
    if options.json:
        json.dump([dataclasses.asdict(report) for report in reports], sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        for report in reports:
            sys.stdout.write(line_of(report))
    return 1 if any(report.faults for report in reports) else 0


if __name__ == "__main__":
    raise SystemExit(main())
