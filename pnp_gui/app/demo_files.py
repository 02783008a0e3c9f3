"""The demo's folder: files for its phones, as their makes want them, and one in the wrong case."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pnp_gui.bench.fetches.make_files import ExpectedFile, FileKind, expected
from pnp_gui.bench.store.settings import TFTP_PORT
from pnp_gui.demo.phone import SimulatedPhone
from pnp_gui.demo.start import RESPONDER

FIRMWARE = "firmware/{model}-{version}.bin"
FIRMWARE_BYTES = 16_000_000

WRONG_CASE, NEVER_COMES, LOADS_FIRMWARE = 2, 7, 10
"""Places of phones: the folder has its file in another case; it takes a URL and fetches nothing; it
loads a large file, slowly."""


@dataclass(frozen=True, slots=True)
class DemoUrls:
    """Where the demo's phones find their files."""

    http_port: int
    tftp_port: int

    @property
    def default(self) -> str:
        """A file for each phone."""
        return f"http://${{host}}:{self.http_port}/${{mac}}.xml"

    @property
    def of_makes(self) -> dict[str, str]:
        """Makes that want a folder, and one that comes by TFTP."""
        http = f"http://${{host}}:{self.http_port}/"
        port = "" if self.tftp_port == TFTP_PORT.default else f":{self.tftp_port}"
        tftp = {"Fanvil": f"tftp://${{host}}{port}/"} if self.tftp_port else {}
        return {"Grandstream": http, "Yealink": f"{http}yealink/", **tftp}

    def of(self, phone: SimulatedPhone) -> str:
        """What this phone gets, if the technician changes nothing."""
        template = self.of_makes.get(phone.shape.make, self.default)
        return template.replace("${host}", RESPONDER).replace("${mac}", phone.mac.lower())


def free_ports(http: int, tftp: int) -> tuple[int, int]:
    """These ports where they are free and allowed, else any others; `tftp` 0 stays 0."""
    return (
        _free_port(socket.SOCK_STREAM, http),
        tftp and _free_port(socket.SOCK_DGRAM, tftp),
    )


def files_of(
    places: Sequence[SimulatedPhone], phone: SimulatedPhone, url: str
) -> list[tuple[str, bool]]:
    """The URLs that a phone asks for when it took this one, in order, and whether it is slow."""
    place = next((at for at, each in enumerate(places) if each is phone), -1)
    if place == NEVER_COMES:
        return []
    asked = [(each.url, False) for each in _expected(phone, url) if each.url] or [(url, False)]
    if place == LOADS_FIRMWARE:
        parts = urlsplit(url)
        asked.append((f"{parts.scheme}://{parts.netloc}/{_firmware(phone)}", True))
    return asked


def write_files(folder: Path, phones: Sequence[SimulatedPhone], urls: DemoUrls) -> None:
    """Write what the phones need. Raises OSError."""
    for place, phone in enumerate(phones):
        for each in _needed(phone, urls):
            name = unquote(urlsplit(each.url).path)[1:]
            if place == WRONG_CASE:
                name = name.replace(phone.mac.lower(), phone.mac)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_settings(phone, each), encoding="utf-8", newline="\n")
        if place == LOADS_FIRMWARE:
            path = folder / _firmware(phone)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.truncate(FIRMWARE_BYTES)


def _needed(phone: SimulatedPhone, urls: DemoUrls) -> Iterator[ExpectedFile]:
    for each in _expected(phone, urls.of(phone)):
        if (
            each.url
            and each.has_settings
            and not (each.normal and each.kind is not FileKind.COMMON)
        ):
            yield each


def _expected(phone: SimulatedPhone, url: str) -> tuple[ExpectedFile, ...]:
    return expected(phone.shape.make, phone.shape.model, phone.mac, url)


def _firmware(phone: SimulatedPhone) -> str:
    return FIRMWARE.format(model=phone.shape.model, version=phone.shape.version)


def _settings(phone: SimulatedPhone, file: ExpectedFile) -> str:
    shape = phone.shape
    own = phone.mac if file.kind is FileKind.OWN else f"all {shape.model}"
    lines = [f"# {shape.make} {shape.model}: settings of {own}, for the demo alone\n"]
    lines += [f"setting_{number} = {number}\n" for number in range(400)]
    return "".join(lines)


def _free_port(kind: socket.SocketKind, wanted: int) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind(("", wanted))
        except OSError:
            probe.bind(("", 0))
        return int(probe.getsockname()[1])
