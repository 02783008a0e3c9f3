"""A missing name, and the one in the folder that is probably meant."""

from __future__ import annotations

import pytest

from pnp_gui.bench.fetches.missing import MAX_TYPED, Difference, MissingFile, NameIndex
from pnp_gui.files.fetch import Withheld

MAC = "000413a2105f"


@pytest.mark.parametrize(
    ("asked", "names", "near", "difference"),
    [
        ("cfgc074ad12ab34.xml", ["cfgC074AD12AB34.xml"], 0, Difference.CASE),
        ("GS/x.xml", ["gs/x.xml"], 0, Difference.CASE),
        ("000413A2105F.xml", ["00-04-13-a2-10-5f.xml"], 0, Difference.SPELLING),
        ("00-04-13-A2-10-5F.xml", [f"{MAC}.xml"], 0, Difference.SPELLING),
        (f"{MAC}.xml", ["0oo413a2l05f.xml"], 0, Difference.SPELLING),
        ("snom/a.xml", ["a.xml"], 0, Difference.FOLDER),
        ("a.xml", ["snom/a.xml"], 0, Difference.FOLDER),
        ("snom/a.xml", ["yealink/A.xml"], 0, Difference.FOLDER),
        ("a.xml", ["z/y/a.xml", "y/a.xml", "a.xml.txt"], 1, Difference.FOLDER),
        ("p/snom/a.xml", ["a/a.xml", "snom/a.xml"], 1, Difference.FOLDER),
        ("a.cfg", ["a.cfg.txt"], 0, Difference.ENDING),
        ("a.cfg", ["a.xml", "a.cfg.bak"], 1, Difference.ENDING),
        ("a.htm", ["a.html"], 0, Difference.ENDING),
        ("a.cfg.xml", ["a.cfg"], 0, Difference.ENDING),
        ("cfg000b82", ["cfg000b82.xml"], 0, Difference.ENDING),
        ("s/a.cfg", ["t/a.xml", "s/a.xml"], 1, Difference.ENDING),
        (f"cfg{MAC}.xml", [f"cgf{MAC}.xml"], 0, Difference.TYPO),
        (f"{MAC}.xml", [f"{MAC}0.xml"], 0, Difference.TYPO),
        (f"{MAC}.xml", [f"{MAC[1:]}.xml"], 0, Difference.TYPO),
        ("snomD785.htm", ["snomD735.htm"], 0, Difference.TYPO),
    ],
)  # fmt: skip
def test_what_is_meant(asked: str, names: list[str], near: int, difference: Difference) -> None:
    found = NameIndex(names).missing(asked)
    assert found == MissingFile(asked, names[near], difference)
    assert asked in str(found.asked_for())
    assert names[near] in str(found.asked_for())
    assert names[near] in str(found.before_sent())


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("snomD785-000413A2105F.htm", "snomD785-000413A2105E.htm"),
        ("000413a2105f/settings.xml", "000413a2105e/setting.xml"),
    ],
)
def test_a_dash_before_the_mac_does_not_hide_that_it_is_anothers(asked: str, other: str) -> None:
    assert NameIndex([other]).missing(asked) == MissingFile(asked)


@pytest.mark.parametrize(
    "other", ["000413a2105e.xml", "000413a21o5e.xml", "cfg000413a2105e.xml", "b.xml", ""]
)
def test_another_phones_file_is_not_meant(other: str) -> None:
    found = NameIndex([other] if other else []).missing(f"{MAC}.xml")
    assert found == MissingFile(f"{MAC}.xml")
    assert str(found.asked_for()) == f"The phone asks for {MAC}.xml; the folder has no such file."
    assert str(found.before_sent()) == f"The folder has no {MAC}.xml."


@pytest.mark.parametrize(("characters", "near"), [(MAX_TYPED, True), (MAX_TYPED + 1, False)])
def test_no_typo_is_looked_for_in_a_name_that_nobody_types(characters: int, near: bool) -> None:
    asked = "b" * (characters - 4) + ".xml"
    assert (NameIndex(["c" + asked[1:]]).missing(asked).difference is Difference.TYPO) is near
    assert NameIndex([asked.upper()]).missing(asked).difference is Difference.CASE


@pytest.mark.parametrize(
    ("asked", "withheld", "why"),
    [
        ("a.cfg", {"a.cfg": Withheld.LINK}, "It is a link, or in a linked folder"),
        ("snom/b/a.cfg", {"snom": Withheld.LINK}, "It is a link, or in a linked folder"),
        ("snom/b/a.cfg", {"snom/b": Withheld.HIDDEN}, "It is hidden, or in a hidden folder"),
        ("/.a.cfg", {".a.cfg": Withheld.HIDDEN}, "It is hidden"),
        ("/a:b.cfg", {"a:b.cfg": Withheld.NAME}, "Such a name is never served"),
        ("a.cfg", {"b/a.cfg": Withheld.LINK, "a": Withheld.LINK}, None),
    ],
)
def test_what_is_there_and_not_served_is_told_so(
    asked: str, withheld: dict[str, Withheld], why: str | None
) -> None:
    found = NameIndex(["A.cfg"], withheld).missing(asked)
    if why is None:
        assert found.difference is Difference.CASE
    else:
        assert f"The phone asks for {asked}, which is not served. {why}" in str(found.asked_for())
        assert f"{asked} is not served. {why}" in str(found.before_sent())


def test_the_best_comes_first() -> None:
    names = ["s/a.cfg", "a.xml", "b/A.CFG", "A.cfg"]
    found = [NameIndex(names[:end]).missing("a.cfg").near for end in (2, 3, 4)]
    assert found == ["s/a.cfg", "s/a.cfg", "A.cfg"]


def test_the_sentence_and_the_name_to_give_the_file() -> None:
    case = NameIndex(["gs/cfgC0.xml"]).missing("gs/cfgc0.xml")
    assert str(case.asked_for()) == (
        "The phone asks for gs/cfgc0.xml; the folder has gs/cfgC0.xml. Upper and lower case "
        "differ: rename the file."
    )
    assert case.right_name == "cfgc0.xml"
    assert NameIndex(["cfgc0.xml"]).missing("gs/cfgc0.xml").right_name == "gs/cfgc0.xml"
    assert NameIndex([]).missing("gs/cfgc0.xml").right_name == "gs/cfgc0.xml"


def test_only_the_exact_name_is_in_the_folder() -> None:
    index = NameIndex(["gs/A.xml"])
    assert "gs/A.xml" in index
    assert "gs/a.xml" not in index
    assert [index.same_name(name) for name in ("gs/A.xml", "GS/a.xml", "a.xml")] == [
        *("gs/A.xml", "gs/A.xml"),
        "",
    ]
