"""What a second start does not pass on to the program that runs already."""

from __future__ import annotations

from argparse import Action

import pytest

from pnp_gui.app.arguments import _parser, parse_arguments

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
