"""Sounds with real programs that play, hang, fail or vanish: they never break, wait or stay."""

from __future__ import annotations

import shutil
import sys
import types
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.resources import resource_path
from pnp_gui.ui.find import sounds
from pnp_gui.ui.find.sounds import Sounds
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.scanner import approved, scan, switch_on
from tests.ui.stage import Stage

PLAYS = 'echo "${1##*/}" >> "$0.played"'
HANGS = "trap '' TERM; exec sleep 60"
FAILS = "exit 1"


class Programs:
    """The only programs on PATH that could play, and the computer's beeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.beeps = 0

    def beep(self) -> None:
        self.beeps += 1

    def add(self, name: str, does: str) -> Path:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{does}\n")
        path.chmod(0o755)
        return path

    def played(self, name: str) -> list[str]:
        path = self.folder / f"{name}.played"
        return path.read_text().split() if path.exists() else []


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    folder = tmp_path / "programs"
    folder.mkdir()
    made = Programs(folder)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(QApplication, "beep", made.beep)
    monkeypatch.setattr(sounds, "HANGS_MS", 400)
    return made


def children() -> list[str]:
    """The processes that this one started and that are not reaped yet: "1234 (sh) Z ..."."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for number in (task / "children").read_text().split():
            found.append(Path(f"/proc/{number}/stat").read_text())
    return found


def nothing_left(qtbot: QtBot, before: int) -> None:
    qtbot.waitUntil(lambda: len(children()) == before, timeout=5000)


def test_the_program_plays_each_sound_once(
    qapp: QApplication, qtbot: QtBot, programs: Programs
) -> None:
    before = len(children())
    programs.add("paplay", PLAYS)
    made = Sounds()
    made.good()
    qtbot.waitUntil(lambda: programs.played("paplay") == ["good.wav"], timeout=5000)
    made.bad()
    qtbot.waitUntil(lambda: programs.played("paplay") == ["good.wav", "bad.wav"], timeout=5000)
    nothing_left(qtbot, before)
    assert programs.beeps == 0


def test_the_real_aplay_hands_every_sample_to_the_sound_system(
    qapp: QApplication,
    qtbot: QtBot,
    programs: Programs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sound card that writes into a file: ALSA's own."""
    aplay = shutil.which("aplay", path="/usr/bin:/bin")
    assert aplay, "tests/prepare installs alsa-utils"
    (programs.folder / "aplay").symlink_to(aplay)
    out, conf = tmp_path / "card.wav", tmp_path / "asound.conf"
    conf.write_text(
        f'pcm.!default {{ type file\nfile "{out}"\nformat "wav"\nslave.pcm {{ type null }} }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(conf))
    monkeypatch.setattr(sounds, "HANGS_MS", 10_000)
    before = len(children())
    made = Sounds()
    made.bad()
    assert len(children()) == before + 1
    nothing_left(qtbot, before)
    assert programs.beeps == 0
    with wave.open(str(resource_path("sounds", "bad.wav"))) as sound:
        samples = sound.readframes(sound.getnframes())
    assert samples in out.read_bytes()


def test_a_real_player_without_a_sound_card_leaves_it_to_the_beep(
    qapp: QApplication, qtbot: QtBot, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    aplay = shutil.which("aplay", path="/usr/bin:/bin")
    assert aplay
    (programs.folder / "aplay").symlink_to(aplay)
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere")
    before = len(children())
    made = Sounds()
    made.good()
    qtbot.waitUntil(lambda: programs.beeps == 1, timeout=5000)
    nothing_left(qtbot, before)


def test_one_that_fails_is_followed_by_the_next_and_not_tried_again(
    qapp: QApplication, qtbot: QtBot, programs: Programs
) -> None:
    programs.add("pw-play", f"{PLAYS}; {FAILS}")
    programs.add("aplay", PLAYS)
    made = Sounds()
    made.good()
    qtbot.waitUntil(lambda: programs.played("aplay") == ["good.wav"], timeout=5000)
    qtbot.waitUntil(lambda: not made.findChildren(sounds.Player), timeout=5000)
    made.bad()
    qtbot.waitUntil(lambda: programs.played("aplay") == ["good.wav", "bad.wav"], timeout=5000)
    assert programs.played("pw-play") == ["good.wav"]
    assert programs.beeps == 0
    qtbot.waitUntil(lambda: not made.findChildren(sounds.Player), timeout=5000)


def test_with_hanging_ones_two_run_at_most_and_none_is_left(
    qapp: QApplication, qtbot: QtBot, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sounds, "APART_S", 0.0)
    before = len(children())
    programs.add("pw-play", HANGS)
    made = Sounds()
    for _ in range(50):
        made.good()
        made.bad()
    assert len(children()) == before + 2
    qtbot.waitUntil(lambda: programs.beeps > 0, timeout=5000)
    nothing_left(qtbot, before)


def test_one_that_still_plays_ends_with_the_program(
    qapp: QApplication, qtbot: QtBot, programs: Programs
) -> None:
    before = len(children())
    programs.add("pw-play", HANGS)
    made = Sounds()
    made.bad()
    assert len(children()) == before + 1
    made.stop()
    assert len(children()) == before
    assert programs.beeps == 0


@pytest.mark.parametrize("how", ["vanishes", "may not be run", "is no program"])
def test_one_that_cannot_be_started_any_more(
    qapp: QApplication, qtbot: QtBot, programs: Programs, how: str
) -> None:
    """Between the first sound, for which it was looked up, and the second."""
    player = programs.add("aplay", PLAYS)
    made = Sounds()
    made.good()
    qtbot.waitUntil(lambda: programs.played("aplay") == ["good.wav"], timeout=5000)
    qtbot.waitUntil(lambda: not made.findChildren(sounds.Player), timeout=5000)
    if how == "vanishes":
        player.unlink()
    elif how == "may not be run":
        player.chmod(0o644)
    else:
        player.write_bytes(b"\x7fELF and nothing else")
    made.bad()
    qtbot.waitUntil(lambda: programs.beeps == 2, timeout=5000)
    made.bad()
    qtbot.waitUntil(lambda: programs.beeps == 4, timeout=5000)


@pytest.mark.parametrize("does", [PLAYS, HANGS, FAILS, ""])
def test_a_scan_is_carried_out_whatever_the_player_does(
    stage: Stage, window: MainWindow, qtbot: QtBot, programs: Programs, does: str
) -> None:
    if does:
        programs.add("paplay", does)
    before = len(children())
    known = stage.ask(1)
    switch_on(window)
    scan("00:04:13:00:00:01")
    assert approved(stage) == {known}
    assert window.table.selected_keys() == [known]
    scan("012345678905")
    line = window.problem_bar.line_for("scan")
    assert line is not None
    assert "012345678905" in line.sentence.text()
    nothing_left(qtbot, before)


def test_windows_plays_by_itself_and_beeps_where_it_cannot(
    qapp: QApplication, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []

    def play(path: str, flags: int) -> None:
        told.append((path, flags))
        if len(told) > 1:
            raise RuntimeError("Failed to play sound")

    winsound = types.SimpleNamespace(
        SND_FILENAME=0x20000, SND_ASYNC=1, SND_NODEFAULT=2, PlaySound=play
    )
    monkeypatch.setitem(sys.modules, "winsound", winsound)
    monkeypatch.setattr(sys, "platform", "win32")
    made = Sounds()
    made.good()
    assert told == [(str(resource_path("sounds", "good.wav")), 0x20003)]
    assert programs.beeps == 0
    made.bad()
    assert programs.beeps == 1


def test_what_nobody_thought_of_goes_to_the_log_and_not_to_the_caller(
    qapp: QApplication,
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def beep() -> None:
        raise OSError("no sound at all")

    monkeypatch.setattr(QApplication, "beep", beep)
    Sounds().good()
    assert "could not play a sound" in caplog.text
