"""What the folder lacks, in the row before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.fetches.missing import Difference, MissingFile
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.files.fetch import Fetch
from pnp_gui.files.folder import ServedFolder
from tests.bench.fetches.folder import Folder
from tests.bench.rig import Set
from tests.namespace import wait_until

A = "000413A2105F"
LOWER = A.lower()


def serve(at: Set, tmp_path: Path, *names: str) -> Folder:
    root = tmp_path / "served"
    root.mkdir()
    folder = Folder(root, *names)
    at.bench.attach_files(folder, lambda address: None)
    return folder


def warned(at: Set, url: str, make: str = "Yealink") -> list[str]:
    at.heard(A, make=make)
    at.bench.set_own_url([A], url)
    return [str(each) for each in at.bench.urls.warnings(at.bench.phones[A])]


@pytest.mark.parametrize(
    "target",
    ["/a.cfg", "//sub//a.cfg", "/Gr%C3%B6%C3%9Fe.xml", "/100%.cfg", "/a+b&c=d;e@f!(1)'$.cfg"],
)
def test_names_are_read_as_the_server_reads_them(target: str, at: Set, tmp_path: Path) -> None:
    name = ServedFolder.name_of(target)
    serve(at, tmp_path, name)
    assert warned(at, f"http://192.0.2.5:8080{target}") == []


def test_a_file_that_is_there_is_not_warned_of(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, f"yealink/{LOWER}.cfg", "x y.cfg")
    assert warned(at, "http://192.0.2.5:8080/yealink/${mac}.cfg") == []
    assert warned(at, "tftp://192.0.2.5/x%20y.cfg") == []
    assert warned(at, "http://192.0.2.5:8080/x%20y.cfg?mac=${mac}") == []


def test_one_that_is_not_is_with_the_name_that_is_meant(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, f"yealink/{A}.cfg")
    [sentence] = warned(at, "http://192.0.2.5:8080/yealink/${mac}.cfg")
    assert sentence == (
        f"The folder has no yealink/{LOWER}.cfg, but yealink/{A}.cfg. Upper and lower case differ: "
        "rename the file."
    )
    assert warned(at, "http://192.0.2.5:8080/else.cfg") == ["The folder has no else.cfg."]


def test_it_goes_when_the_file_comes(at: Set, tmp_path: Path) -> None:
    folder = serve(at, tmp_path, "other.cfg")
    assert len(warned(at, "http://192.0.2.5:8080/${mac}.cfg")) == 1
    folder.add(f"{LOWER}.cfg")
    wait_until(lambda: not at.bench.urls.warnings(at.bench.phones[A]))


def test_other_servers_files_are_not_looked_for(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, "other.cfg")
    assert warned(at, "http://192.0.2.6:8080/${mac}.cfg") == []
    assert [each.there for each in at.bench.expected_files(A)] == [None]


def test_a_folder_that_was_not_read_yet_lacks_nothing(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path)
    assert warned(at, "http://192.0.2.5:8080/${mac}.cfg") == []


@pytest.mark.parametrize(
    "there", ["gs/cfg{mac}.xml", "gs/cfg{mac}", "gs/cfg.xml", "gs/cfggrp2612w.xml"]
)
def test_one_of_its_settings_is_enough(at: Set, tmp_path: Path, there: str) -> None:
    serve(at, tmp_path, there.format(mac=LOWER))
    url = "http://192.0.2.5:8080/gs/"
    missing = [] if "grp" not in there else [True]  # the model of this phone is another one
    assert [True for _ in warned(at, url, "Grandstream")] == missing


def test_a_folder_without_any_of_them_is_warned_of(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, "gs/readme.txt", "cfg.xml")
    [sentence] = warned(at, "http://192.0.2.5:8080/gs/", "Grandstream")
    assert sentence.startswith("The folder has none of the files that Grandstream phones ask for: ")
    assert f"gs/cfg{LOWER}.xml" in sentence


def test_its_own_file_in_another_case_is_warned_of_beside_common_ones(
    at: Set, tmp_path: Path
) -> None:
    serve(at, tmp_path, "cfg.xml", f"cfg{A}.xml")
    [sentence] = warned(at, "http://192.0.2.5:8080/", "Grandstream")
    assert f"but cfg{A}.xml. Upper and lower case differ" in sentence


def test_of_a_folder_that_has_nothing_but_links_they_are_said(at: Set, tmp_path: Path) -> None:
    folder = serve(at, tmp_path)
    (tmp_path / "cfg.xml").write_bytes(b"settings")
    for name in ("cfg.xml", f"cfg{LOWER}.xml"):
        (tmp_path / "served" / name).symlink_to(tmp_path / "cfg.xml")
    wait_until(lambda: folder.names() == () and len(folder.withheld) == 2)
    [sentence] = warned(at, "http://192.0.2.5:8080/", "Grandstream")
    assert sentence.startswith(f"cfg{LOWER}.xml is not served. It is a link, or in a linked folder")
    check, phone = at.bench._fetches.folder, at.bench.phones[A]
    assert check.explained("x.xml") == MissingFile("x.xml"), "the rest is known"
    assert check.is_normal(phone, "cfg000413a2105f")
    assert not check.is_normal(phone, "cfg.xml"), "somebody put it there"


def test_a_boot_file_is_no_other_ending(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, f"{LOWER}.boot", "sip.cfg")
    assert warned(at, "http://192.0.2.5:8080/") == []


def test_a_name_that_is_known_in_part_counts_if_one_fits(at: Set, tmp_path: Path) -> None:
    """Which number this model has in y000000000<code>.cfg nobody knows."""
    folder = serve(at, tmp_path, "y/y000000000123.cfg", "z/a.cfg")
    assert warned(at, "http://192.0.2.5:8080/y/") == []
    assert len(warned(at, "http://192.0.2.5:8080/z/")) == 1
    folder.add("z/Y000000000123.cfg")  # upper case
    folder.add("z/y00000000012.cfg")
    wait_until(lambda: len(folder.names()) == 4)
    assert len(warned(at, "http://192.0.2.5:8080/z/")) == 1
    folder.add("z/y000000000123.cfg")
    wait_until(lambda: not at.bench.urls.warnings(at.bench.phones[A]))


def test_what_a_make_asks_for_in_any_case_is_there_in_any(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, f"{A}.cfg")
    assert warned(at, "http://192.0.2.5:8080/", "Poly") == []
    [first, *_] = at.bench.expected_files(A)
    assert first.there


def test_of_an_unknown_make_with_a_folder_nothing_is_said(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, "a.cfg")
    assert warned(at, "http://192.0.2.5:8080/", "Akuvox") == []
    assert at.bench.expected_files(A) == []


def test_a_phone_that_never_asked_is_known_by_its_mac(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, "cfg.xml", "cfgC074AD12AB34.xml")
    key = "C074AD12AB34"
    at.bench.apply_sheet([SheetLine(1, key, None, "http://192.0.2.5:8080/", None)])
    files = at.bench.expected_files(key)
    assert [(each.file.name, each.there, each.file.normal) for each in files] == [
        ("cfgc074ad12ab34", False, True),
        ("cfgc074ad12ab34.bin", False, True),
        ("cfgc074ad12ab34.xml", False, False),
        ("cfg<model:lower>.xml", True, True),
        ("cfg.xml", True, True),
    ]
    missing = files[2].missing
    assert missing is not None
    assert missing.difference is Difference.CASE


def fetched(at: Set, name: str, status: int = 404) -> None:
    source, now = ("10.13.2.37", 40000), at.clock.monotonic
    answer = Fetch("http", source, ("192.0.2.5", 8080), "GET", f"/{name}", name, now, status=status)
    answer.ended = now
    at.bench.fetched(answer)


def test_what_it_asked_for_in_vain(at: Set, tmp_path: Path) -> None:
    folder = serve(at, tmp_path, f"{A}.cfg", "b.cfg")
    at.heard(A, make="Yealink")
    for name in ("y000000000000.boot", f"{LOWER}.boot", "b.cfg", "gone.cfg", f"{LOWER}.cfg"):
        fetched(at, name)
    fetched(at, "gone.cfg", status=200)  # it came meanwhile
    [missing] = at.bench.missing_files(A)
    assert (missing.near, missing.right_name) == (f"{A}.cfg", f"{LOWER}.cfg")
    at.bench.set_own_url([A], "http://192.0.2.5:8080/")
    [warning] = at.bench.urls.warnings(at.bench.phones[A])
    assert str(warning).startswith(f"The phone asks for {LOWER}.cfg; the folder has {A}.cfg. ")
    folder.add(f"{LOWER}.cfg")
    wait_until(lambda: at.bench.missing_files(A) == [])


def test_what_it_does_not_find_after_another_file(at: Set, tmp_path: Path) -> None:
    """The row says what is missing, so it can be copied as well."""
    serve(at, tmp_path, "a.rom")
    warned(at, f"http://192.0.2.5:8080/{LOWER}.cfg", "Yealink")
    fetched(at, "a.rom", status=200)
    [warning] = at.bench.urls.warnings(at.bench.phones[A])
    assert str(warning) == f"The folder has no {LOWER}.cfg."
    assert [each.right_name for each in at.bench.missing_files(A)] == [f"{LOWER}.cfg"]


def test_what_it_would_not_find_before_it_asks(at: Set, tmp_path: Path) -> None:
    serve(at, tmp_path, f"cfg{A}.xml")
    warned(at, "http://192.0.2.5:8080/", "Grandstream")
    assert [each.right_name for each in at.bench.missing_files(A)] == [f"cfg{LOWER}.xml"]
