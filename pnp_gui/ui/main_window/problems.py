"""Which troubles the problem bar shows (the bench's, the network's, the window's own), and what
their buttons do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pnp_gui.bench.bench import Bench
from pnp_gui.trouble import Trouble
from pnp_gui.ui.export.mail_text import versions
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window.problem_bar import ProblemBar
from pnp_gui.ui.words.translate import trouble_text


class ProblemController(QObject):
    """Keeps the bar up to date, and carries out what the technician chooses there."""

    said = Signal(str)
    """A sentence for the status bar."""
    ports_wanted = Signal()
    """The list of network ports is to open."""
    forget_confirmed = Signal()
    """The phones that the question was about are to be forgotten."""

    older_url_wanted = Signal()
    """The phones with an older URL are to be selected."""

    def __init__(self, bench: Bench, listening: Listening, bar: ProblemBar) -> None:
        super().__init__(bar)
        self._bench = bench
        self._listening = listening
        self._bar = bar
        self._own: dict[str, Trouble] = {}
        self._dismissed: dict[str, Trouble] = {}
        bar.acted.connect(self._act)
        bar.dismissed.connect(self._dismiss)

    def add(self, trouble: Trouble) -> None:
        """Show this one, in the place of any other of its code, even if that was dismissed."""
        code = code_of(trouble)
        self._own[code] = trouble
        self._dismissed.pop(code, None)
        self.refresh()

    def remove(self, code: str) -> bool:
        """Stop showing what `add` showed. False if it was not shown."""
        removed = self._own.pop(code, None) is not None
        if removed:
            self.refresh()
        return removed

    def shows(self, code: str) -> bool:
        """Whether what `add` showed is there still."""
        return code in self._own

    def refresh(self) -> None:
        """Show what there is now; what is dismissed stays so until it is over, or says something
        else."""
        troubles = {
            code_of(trouble): trouble
            for source in (self._bench.troubles, self._listening.troubles, self._own)
            for trouble in source.values()
        }
        self._dismissed = {
            code: trouble
            for code, trouble in self._dismissed.items()
            if troubles.get(code) == trouble
        }
        self._bar.set_troubles(
            [one for code, one in troubles.items() if code not in self._dismissed]
        )

    def _act(self, trouble: Trouble) -> None:
        match trouble.action:
            case "try_again":
                self._listening.start()
            case "show_interfaces":
                self.ports_wanted.emit()
            case "copy_details":
                details = trouble.values.get("details", "")
                text = "\n".join((*versions(), "", trouble_text(trouble), str(details)))
                QGuiApplication.clipboard().setText(text.rstrip() + "\n")
                self.said.emit(self.tr("The details are on the clipboard."))
            case "use_again":
                self.remove(trouble.code)
                self._bench.use_again(str(trouble.values["aside"]))
            case "older_url":
                self.older_url_wanted.emit()
            case "forget":
                self.remove(trouble.code)
                self.forget_confirmed.emit()

    def _dismiss(self, trouble: Trouble) -> None:
        code = code_of(trouble)
        if not self.remove(code):
            self._dismissed[code] = trouble
            self.refresh()


def code_of(trouble: Trouble) -> str:
    """What tells one trouble from another."""
    return trouble.code or trouble.template
