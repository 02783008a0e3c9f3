"""The dialog that asks where to save something, and whether with user name and password.

One dialog for messages, log and history; `report_dialog.py` adds to it. Its tick for user name and
password is off each time it opens. It stays open if saving fails.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileInfo, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from pnp_gui.system.printable import printable
from pnp_gui.system.steps import Steps
from pnp_gui.trouble import Trouble
from pnp_gui.ui.export.saved_file import save_in_steps
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.layout import Part, column, row
from pnp_gui.ui.widgets.step_runner import StepRunner
from pnp_gui.ui.words.translate import trouble_text


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What is to be saved."""

    title: str
    what: str
    """A sentence: what is saved."""
    number: str
    """A sentence: how much of it; "" if that is known later."""
    file: str
    """The name that is suggested; the time is added."""
    kind: str
    """For the file dialog: "Packet capture (*.pcap)"; more of them are separated by ";;"."""
    content: Callable[[bool], Steps[bytes] | bytes]
    """Given whether to mask user name and password, what to write, or the steps to make it."""
    text: Callable[[bool], Steps[bytes]] | None = None
    """The same, of a file whose name ends in ".txt"; None: as any other."""
    note: str = ""
    """More about the file, in a paler colour."""


class SaveDialog(QDialog):
    """Modal to its window; phones are answered meanwhile. Use `open()`."""

    saved = Signal(Path, str)
    """Where it was saved, and a sentence that says so."""

    def __init__(self, request: SaveRequest, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._request = request
        self.number = request.number
        file = folder / request.file
        self._file = file.with_stem(f"{file.stem}-{time.strftime('%Y%m%d-%H%M%S')}")
        self._asked_to_replace: Path | None = None
        self._is_saving = False
        self._runner = StepRunner(self._made, self, self._show_progress)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(request.title)
        what, note, self.problem = (
            QLabel(text, self, wordWrap=True)
            for text in (f"{request.what} {request.number}".rstrip(), request.note, "")
        )
        note.setVisible(bool(request.note))
        self.problem.hide()
        theme.set_tone(note, "dim")
        self.path = QLineEdit(str(self._file), self)
        self.path.setAccessibleName(self.tr("File"))
        self.path.setToolTip(self.tr("The file to save to."))
        self.path.textChanged.connect(self._path_changed)
        self.browse = QPushButton(self.tr("&Browse…"), self, autoDefault=False)
        self.browse.setToolTip(self.tr("Choose a folder and a name."))
        self.browse.clicked.connect(self._browse)
        more = self._more()
        self.secrets = QCheckBox(self.tr("&With user name and password in URLs"), self)
        self.secrets.setToolTip(
            self.tr(
                "Unless this is ticked, every character of a user name or password in a URL is "
                "saved as an x. Tick it only if everyone who receives the file may see user "
                "names and passwords."
            )
        )
        self.save_button = QPushButton(self.tr("&Save"), self, default=True)
        self.save_button.clicked.connect(self._save)
        cancel = QPushButton(self.tr("Cancel"), self, autoDefault=False)
        cancel.clicked.connect(self.reject)
        where = row((self.path, 1), self.browse)
        buttons = row(None, self.save_button, cancel)
        parts = (what, where, note, *more, self.secrets, self.problem, None, buttons)
        self._layout = column(*parts, on=self, edges=(16, 16, 16, 16), gap=10)
        width = theme.spacing(600)
        self.setMinimumWidth(width)
        # The size hint of wrapped text is higher than this width needs.
        self.resize(width, self._layout.totalHeightForWidth(width))
        self.path.setFocus()
        self.path.setCursorPosition(len(self.path.text()))

    def _more(self) -> Sequence[Part]:
        """What else this dialog asks for. Tab goes there from the file, as it is made then."""
        return ()

    def _save(self) -> None:
        text = self.path.text().strip()
        if not text:
            self._complain(self.tr("Type a file name."))
            return
        path = Path(text)
        with suppress(RuntimeError):  # no user has that name
            path = path.expanduser()
        if not path.is_absolute():
            path = self._file.parent / path
        if not path.suffix and not QFileInfo(str(path)).isDir():
            path = path.with_name(path.name + self._file.suffix)
        if QFileInfo(str(path)).isFile() and path != self._asked_to_replace:
            self._asked_to_replace = path
            self._complain(
                self.tr("{name} already exists. Replace it?").format(name=printable(path.name)),
                "amber",
            )
            self.save_button.setText(self.tr("&Replace it"))
            return
        self._write(path, not self.secrets.isChecked())

    def _write(self, path: Path, masked: bool) -> None:
        request = self._request
        as_text = request.text if path.suffix.lower() == ".txt" else None
        self._make((as_text or request.content)(masked), path, masked)

    def _make(self, content: Steps[bytes] | bytes, path: Path, masked: bool) -> None:
        """Make it in steps, save it, say so and close; or say why not."""
        self.save_button.setEnabled(False)
        self._runner.start(self._saved_in_steps(content, path, masked))

    def _saved_in_steps(
        self, content: Steps[bytes] | bytes, path: Path, masked: bool
    ) -> Steps[Callable[[], None]]:
        """Gives what is to be done then."""
        data = content if isinstance(content, bytes) else (yield from content)
        self._is_saving = True
        try:
            yield from save_in_steps(path, data)
        except Trouble as trouble:
            return partial(self._complain, trouble_text(trouble))
        finally:
            self._is_saving = False
        return partial(self._say_saved, path, masked)

    def _made(self, then: Callable[[], None]) -> None:
        self.save_button.setEnabled(True)
        then()

    def _show_progress(self, percent: int) -> None:
        text = self.tr("The file is being written: {percent}%")
        self._complain(text.format(percent=percent), "dim")

    def _say_saved(self, path: Path, masked: bool) -> None:
        text = self.tr("{number} Saved as {path}, with user names and passwords in URLs masked.")
        if not masked:
            text = self.tr("{number} Saved as {path}, with user names and passwords in URLs.")
        self.path_saved = path
        self.saved.emit(path, text.format(number=self.number, path=printable(str(path))))
        self.accept()

    def reject(self) -> None:
        """Cancel, until the file is written to the disk."""
        if not self._is_saving:
            self._runner.stop()
            super().reject()

    def _path_changed(self) -> None:
        self._asked_to_replace = None
        self.problem.hide()
        self.save_button.setText(self.tr("&Save"))

    def _complain(self, text: str, tone: str = "bad") -> None:
        theme.set_tone(self.problem, tone)
        self.problem.setText(text)
        self.problem.show()
        # Qt makes room for one line of wrapped text, at the cost of the other labels.
        height = self._layout.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), height))
        self.path.setFocus()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self._request.title, self.path.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # This dialog asks that itself, also for a name that was typed.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(self._request.kind)
        ending = Path(self.path.text()).suffix or self._file.suffix
        dialog.setDefaultSuffix(ending)
        for kind in dialog.nameFilters():
            if _ending_of(kind) == ending:
                dialog.selectNameFilter(kind)

        def take_kind(kind: str) -> None:
            dialog.setDefaultSuffix(_ending_of(kind))
            for name in dialog.selectedFiles():  # Windows' own dialog does this itself
                dialog.selectFile(str(Path(name).with_suffix(_ending_of(kind))))

        dialog.filterSelected.connect(take_kind)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()


def _ending_of(kind: str) -> str:
    """ ".pcap" of "Packet capture (*.pcap)"."""
    return kind.rpartition("*")[2].rstrip(")")
