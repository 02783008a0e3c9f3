from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pnp_gui.system.uncaught import MAX_SENTENCE, MAX_TEXT, UncaughtErrors
from pnp_gui.trouble import Trouble


@pytest.fixture
def errors() -> Iterator[UncaughtErrors]:
    made = UncaughtErrors()
    yield made
    made.close()


@pytest.mark.parametrize(
    "said",
    [
        "x" * (MAX_SENTENCE - 50) + " http://bob:secret" + "1" * 60 + "@pbx/",
        "http://bob:" + "1" * MAX_TEXT + "secret@pbx/",
    ],
    ids=["the sentence ends before its @", "the details begin after its scheme"],
)
def test_no_password_is_left_where_a_url_is_cut(
    errors: UncaughtErrors, qapp: QApplication, said: str
) -> None:
    troubles: list[Trouble] = []
    errors.connect_to(troubles.append)
    errors.report(ValueError(said), "in a test")
    qapp.processEvents()
    (trouble,) = troubles
    assert "ValueError: " in str(trouble)
    assert "secret" not in str(trouble)
    assert "xxx@pbx/" in str(errors)
    assert "secret" not in str(errors)
