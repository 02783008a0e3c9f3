"""Where files are served; what a second start does not pass on to the program that runs already."""

from __future__ import annotations

from argparse import Action
from pathlib import Path

import pytest

from pnp_gui.app.arguments import _parser, parse_arguments
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import Trouble


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--serve", ""], "argument --serve: the value is empty."),
        (["--serve", "/no/such"], "argument --serve: there is no folder “/no/such”."),
        (["--serve", __file__], "is a file; name the folder that contains it."),
        (["--http-port", "0"], "“0” is not a port between 1 and 65535."),
        (["--tftp-port", "65536"], "“65536” is not a port between 0 and 65535."),
        (["--tftp-port", "-1"], "“-1” is not a port between 0 and 65535."),
        (["-p", "5" * 5_000], "5” is not a port between 1 and 65535."),
    ],
)
def test_what_cannot_be_served_is_said(arguments: list[str], words: str) -> None:
    with pytest.raises(Trouble) as caught:
        parse_arguments(arguments)
    assert words in str(caught.value)


def test_files_are_served_where_it_is_said(tmp_path: Path) -> None:
    args = parse_arguments(["--serve", str(tmp_path), "--http-port", "80", "--tftp-port", "0"])
    assert (args.serve, args.http_port, args.tftp_port) == (tmp_path, 80, 0)
    assert parse_arguments([]).serve is None


def test_help_breaks_no_url_at_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert FACTORY_URL in _parser().format_help()


HERE = {"help", "version", "check_sheet", "data_dir", "demo", "self_test"}
"""Those that end by themselves, name the folder, or run beside the other program."""


@pytest.mark.parametrize(
    "option", [each for each in _parser()._actions if each.dest not in HERE], ids=lambda it: it.dest
)
def test_every_option_that_is_not_passed_on_is_named(option: Action) -> None:
    args = parse_arguments([])
    assert args.not_passed_on == []
    setattr(args, option.dest, "given")
    assert args.not_passed_on == [option.option_strings[-1]], "see Arguments.not_passed_on"
