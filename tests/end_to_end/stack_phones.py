"""Phones made of SIP stacks that are not ours: thin drivers in C, compiled when they are needed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.namespace import BenchNetwork

SOURCES = Path(__file__).with_name("stacks")
PACKAGES = {"sofia": "sofia-sip-ua", "libre": "libre"}
"""The stacks, by what pkg-config calls them."""
PARAMETERS = 'profile-type="device";vendor="snom";model="snomD735";version="10.1.175.16"'


@dataclass(frozen=True)
class StackPhone:
    """One phone: who it is and how it asks."""

    name: str
    stack: str
    rport: bool
    address: str
    port: int
    mac: str
    event: str
    source_port: int = 0
    """Where its SUBSCRIBE comes from, if not from `port`, where it listens."""
    expires: int = 0
    """Above 0 it stays for the whole time, and renews when its stack thinks that it is time to."""

    @property
    def environment(self) -> dict[str, str]:
        """What `other_port.c` reads."""
        return {"SOURCE_PORT": str(self.source_port)} if self.source_port else {}


PHONES = {
    phone.name: phone
    for phone in (
        # Sofia-SIP tells the parameters from the event's name: they may be there.
        StackPhone(
            *("sofia", "sofia", True, "10.13.2.31", 5060, "000413A2C001"),
            f"ua-profile;{PARAMETERS}",
        ),
        StackPhone(
            *("sofia-no-rport", "sofia", False, "10.13.2.32", 3072, "000413A2C002"),
            f"ua-profile;{PARAMETERS}",
        ),
        StackPhone("libre", "libre", True, "10.13.2.33", 5080, "0C383EA2C003", "ua-profile"),
        StackPhone(
            "libre-no-rport", "libre", False, "10.13.2.34", 5060, "0C383EA2C004", "ua-profile"
        ),
        # libre finds its subscription by the event's name. With parameters glued to the name it
        # finds none for our NOTIFY, which names the event as RFC 6665 section 8.4 reads it.
        StackPhone(
            *("libre-glued", "libre", True, "10.13.2.35", 5060, "000413A2C005"),
            f"ua-profile;{PARAMETERS}",
        ),
        StackPhone(
            *("sofia-other-port", "sofia", False, "10.13.2.36", 5060, "000413A2C006"),
            f"ua-profile;{PARAMETERS}",
            source_port=34567,
        ),
        StackPhone(
            *("libre-other-port", "libre", False, "10.13.2.37", 5080, "0C383EA2C007"),
            "ua-profile",
            source_port=34567,
        ),
    )
}


@dataclass(frozen=True)
class Talk:
    """What a phone's driver wrote."""

    said: list[str]
    """In order: "answer STATUS" to the SUBSCRIBE, "url URL" and "said STATUS" of the NOTIFY."""
    complaints: str
    """What the stack warned of or could not read."""


def build(folder: Path) -> dict[str, Path]:
    """Compile the drivers; the programs, by stack."""
    programs = {}
    for stack, package in PACKAGES.items():
        flags = subprocess.run(
            ("pkg-config", "--cflags", "--libs", package),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=60,
        ).stdout.split()
        programs[stack] = folder / f"{stack}_phone"
        warnings = ("-Wall", "-Wextra", "-Werror")
        sources = (str(SOURCES / f"{stack}_phone.c"), str(SOURCES / "other_port.c"))
        command = ("gcc", *warnings, "-o", str(programs[stack]), *sources, *flags)
        subprocess.run(command, check=True, timeout=60)
    return programs


def talk(
    bench: BenchNetwork, programs: dict[str, Path], phones: Iterable[StackPhone], seconds: float
) -> dict[str, Talk]:
    """All of them ask at once, each until it has its answers or `seconds` are over."""
    bench.phones.run("ip", "route", "replace", "224.0.0.0/4", "dev", "ph0")
    running = {}
    for phone in phones:
        bench.phones.run("ip", "address", "replace", f"{phone.address}/24", "dev", "ph0")
        running[phone.name] = bench.phones.popen(
            *(str(programs[phone.stack]), phone.address, str(phone.port), phone.mac, phone.event),
            *(str(phone.expires), "rport" if phone.rport else "no-rport", str(seconds)),
            env={**os.environ, **phone.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    try:
        ended = {name: one.communicate(timeout=seconds + 30) for name, one in running.items()}
    finally:
        for one in running.values():
            one.kill()
    return {name: Talk(said.splitlines(), wrong) for name, (said, wrong) in ended.items()}
