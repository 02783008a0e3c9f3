"""What the row says of a phone that takes no URL, of ports in vain, and of another profile."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from tests.bench.air import subscribe
from tests.ui.stage import Stage

MAC, ADDRESS = "000413000001", "192.0.2.101"


def hear(stage: Stage, *changes: tuple[str, str], port: int = 5060) -> str:
    data = subscribe(MAC, ADDRESS, "a")
    for before, after in changes:
        assert before.encode() in data
        data = data.replace(before.encode(), after.encode())
    stage.air.hear(data, (ADDRESS, port))
    return MAC


def cell(window: MainWindow, key: str, column: Column, role: int = 0) -> str:
    window.table.phone_model.flush()
    model = window.table.phone_model
    return str(model.index(model.row_of(key), column).data(role))


def line(window: MainWindow) -> str:
    return window.status_bar.left.text()


NO_URL = ("Accept: application/url", "Accept: application/xml")


def test_one_that_takes_no_url(stage: Stage, window: MainWindow) -> None:
    stage.net.start()
    key = hear(stage, NO_URL)
    assert cell(window, key, Column.STATUS) == "Wants other content"
    assert "Accept" in cell(window, key, Column.STATUS, Qt.ItemDataRole.ToolTipRole)
    window.table.select_keys([key])
    window.actions_.approve.trigger()
    assert "approved, but nothing was sent" in line(window)
    assert "does not accept a URL (Accept header)" in line(window)
    assert cell(window, key, Column.STATUS) == "Wants other content"
    window.actions_.send_again.trigger()
    assert line(window).startswith(
        "Nothing was sent to 00:04:13:00:00:01: its request does not accept"
    )
    window.actions_.reboot.trigger()
    assert "was not asked to reboot: it does not accept a URL" in line(window)
    assert stage.air.sent == []
    window.table.set_find("wants other content")
    assert window.table.visible_count() == 1


def test_among_others_it_is_counted_apart(stage: Stage, window: MainWindow) -> None:
    stage.net.start()
    keys = [hear(stage, NO_URL), stage.ask(2), stage.ask(3)]
    window.table.phone_model.flush()
    window.table.select_keys(keys)
    window.actions_.approve.trigger()
    assert "3 phones approved. 1 does not accept a URL" in line(window)
    assert "2 were answered in time." in line(window)
    window.actions_.reboot.trigger()
    question = window.problem_bar.line_for("question")
    assert question is not None
    assert question.sentence.text() == "Ask 2 phones to reboot?"
    question.button.click()
    assert "1 does not accept a URL and was not asked." in line(window)


def test_the_tip_names_the_ports_that_were_tried(stage: Stage, window: MainWindow) -> None:
    key = hear(stage, (";rport", ""), port=34567)
    stage.bench.approve([key])
    stage.air.expire(40)
    assert cell(window, key, Column.STATUS) == "No answer"
    tip = cell(window, key, Column.STATUS, Qt.ItemDataRole.ToolTipRole)
    assert "UDP 5060, 34567." in tip
    stage.bench.reboot([key])
    stage.air.expire(40)
    assert cell(window, key, Column.STATUS) == "No reboot: no answer"
    assert "UDP 5060, 34567." in cell(window, key, Column.STATUS, Qt.ItemDataRole.ToolTipRole)
    assert any(
        "the reboot request for 32 s (UDP 5060, 34567)" in one.text for one in stage.bench.log
    )
    assert {one.remote[0] for one in stage.air.sent} == {ADDRESS}


def test_a_profile_other_than_the_devices_is_shown(stage: Stage, window: MainWindow) -> None:
    key = hear(stage, ('profile-type="device"', "profile-type=user"))
    assert cell(window, key, Column.MODEL) == "snomD785  (user profile)"
    window.table.select_keys([key])
    window.refresh()
    assert "user profile" in window.detail_pane.facts.text()


def test_the_tip_of_the_status_says_that_the_phone_cannot_reach_the_server(
    stage: Stage, window: MainWindow
) -> None:
    stage.bench.attach_ports(lambda port, address: True, lambda *_: "")
    stage.bench.set_default_url("http://10.77.0.1/x")
    key = hear(stage)

    def tip() -> str:
        return cell(window, key, Column.STATUS, Qt.ItemDataRole.ToolTipRole)

    assert "it cannot reach http://10.77.0.1 " in tip()
    stage.bench.approve([key])
    stage.air.expire(40)
    assert "did not answer" in tip()
    assert "it cannot reach http://10.77.0.1 " in tip()
    stage.bench.deny([key])
    assert "cannot reach" not in tip()
