"""The one table of statuses has every status, and each can be read, found and told apart."""

from __future__ import annotations

from pnp_gui.bench.phones.status import RANK, StatusKind
from pnp_gui.ui.words.status import COUNTED, STATUSES, count_words, plain_words


def test_the_table_has_every_status_in_the_order_of_the_column() -> None:
    missing = [kind.name for kind in StatusKind if kind not in STATUSES]
    assert not missing, "no words: add its row to STATUSES (ui/words/status.py)"
    assert list(STATUSES) == list(StatusKind) == sorted(STATUSES, key=RANK.__getitem__)


def test_no_two_read_alike() -> None:
    words = [plain_words(kind) for kind in StatusKind]
    assert len(set(words)) == len(words)


def test_every_status_with_a_count_is_counted() -> None:
    assert [kind for kind, shown in STATUSES.items() if shown.count] == list(COUNTED)
    for kind in COUNTED:
        assert count_words(kind, 7).startswith("7 ")
        assert count_words(kind, 7, short=True).startswith("7 ")
