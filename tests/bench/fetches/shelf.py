"""A bench whose folder is served, and phones that fetch from it. Nothing is sent: the requests are
made up as the file server reports them."""

from __future__ import annotations

from collections.abc import Sequence

from pnp_gui.bench.phones.files import Files
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.files.fetch import NONE_WITHHELD, Fetch, FetchEnd
from tests.bench.rig import LOCAL, Set

URL = f"http://{LOCAL[0]}:8080/"
ELSEWHERE = "http://pbx.example/"
HOME = "10.13.2.37"


class Folder:
    """What is served, by hand."""

    def __init__(self) -> None:
        self.serving = True
        self.stopped: list[str] = []
        self.listed: Sequence[str] = ()
        self.withheld = NONE_WITHHELD

    def names(self) -> Sequence[str]:
        return self.listed

    def is_ours(self, url: str) -> bool:
        return self.serving and url.startswith(URL)


class Shelf:
    """The bench and the folder."""

    def __init__(self, at: Set) -> None:
        self.at, self.bench = at, at.bench
        self.folder = Folder()
        self.bench.attach_files(self.folder, self.folder.stopped.append)
        self.bench.set_default_url(URL)
        self.bench.tick()

    def accepts(self, *keys: str, url: str = URL, address: str = HOME) -> None:
        """These ask, are approved, are sent this URL and accept it."""
        self.at.heard(*keys, address=address)
        self.bench.approve(keys)
        for key in keys:
            self.at.offered(key, url)
            self.at.answered(key, 200, "OK", url)

    def begins(
        self,
        name: str,
        size: int = 18_000,
        *,
        address: str = HOME,
        status: int = 200,
        method: str = "GET",
        target: str | None = None,
        agent: str = "snomD785",
    ) -> Fetch:
        """A phone asks for this file, and the answer begins."""
        fetch = Fetch(
            scheme="tftp" if method == "RRQ" else "http",
            remote=(address, 40_000),
            local=(LOCAL[0], 69 if method == "RRQ" else 8080),
            method=method,
            target=f"/{name}" if target is None else target,
            name=name,
            at=self.at.clock.monotonic,
            agent=agent,
            request=b"GET /" + name.encode("utf-8", "replace") + b" HTTP/1.1\r\n\r\n",
            answer=f"HTTP/1.1 {status}\r\n\r\n".encode(),
            status=status,
            size=size,
        )
        self.bench.fetched(fetch)
        return fetch

    def goes_on(self, fetch: Fetch, sent: int) -> None:
        fetch.sent = sent
        self.bench.fetched(fetch)

    def ends(self, fetch: Fetch, end: FetchEnd = FetchEnd.DONE, sent: int | None = None) -> None:
        fetch.sent = fetch.size if sent is None else sent
        fetch.end = end
        fetch.ended = self.at.clock.monotonic
        self.bench.fetched(fetch)

    def fetches(self, name: str, size: int = 18_000, address: str = HOME) -> Fetch:
        fetch = self.begins(name, size, address=address)
        self.ends(fetch)
        return fetch

    def misses(self, name: str, address: str = HOME) -> Fetch:
        fetch = self.begins(name, 10, address=address, status=404)
        self.ends(fetch)
        return fetch

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.at.clock.forward(1)
            self.bench.tick()

    def status(self, key: str) -> StatusKind:
        return status_of(self.bench.phones[key], self.at.clock.monotonic)

    def files(self, key: str) -> Files:
        files = self.bench.phones[key].files
        assert files is not None
        return files

    def changed(self) -> set[str]:
        return self.bench.take_changes().changed

    def history(self) -> list[str]:
        """What happened, oldest first, but for what phones are sent and answer."""
        lines = reversed(self.bench.store.history())
        told = (line.outcome for line in lines)
        return [one for one in told if one not in ("approved", "offered", "accepted")]

    def log(self) -> list[str]:
        return [line.text for line in self.bench.log]
