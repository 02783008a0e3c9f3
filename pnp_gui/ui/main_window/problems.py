"""Which troubles the problem bar shows (the bench's, the network's, the window's own), the question
there, and what their buttons do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from pnp_gui.bench.bench import Bench
from pnp_gui.trouble import Trouble
from pnp_gui.ui.decisions.question import QUESTION, Question
from pnp_gui.ui.export.mail_text import versions
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window.problem_bar import ProblemBar, code_of
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.words.translate import trouble_text


class ProblemController(QObject):
    """Keeps the bar up to date, and carries out what the technician chooses there."""

    said = Signal(str)
    """A sentence for the status bar."""
    ports_wanted = Signal()
    """The list of interfaces is to open."""

    older_url_wanted = Signal()
    """The phones with an older URL are to be selected."""

    serving_wanted = Signal()
    """Files are to be served."""
    folder_wanted = Signal()
    """A folder to serve is to be chosen."""
    file_ports_wanted = Signal()
    """The ports for files are to be chosen."""
    url_wanted = Signal(str)
    """This is to be the default URL."""

    def __init__(
        self, bench: Bench, listening: Listening, serving: Serving, bar: ProblemBar
    ) -> None:
        super().__init__(bar)
        self._bench = bench
        self._listening = listening
        self._serving = serving
        self._bar = bar
        self._own: dict[str, Trouble] = {}
        self._question: Question | None = None
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

    def ask(self, question: Question) -> None:
        """Ask this, in the place of any other question. Its button gets the keyboard."""
        self._question = question
        self.refresh()
        line = self._bar.line_for(QUESTION)
        if line is not None and line.action is not None:
            line.window().activateWindow()
            line.action.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def drop_question(self, *, for_selection: bool = False) -> bool:
        """Do not ask any more; `for_selection`: if it is about the selected phones. False if
        nothing was asked."""
        question = self._question
        if question is None or (for_selection and not question.about_selection):
            return False
        self._question = None
        self.refresh()
        return True

    def refresh(self) -> None:
        """Show what there is now; what is dismissed stays so until it is over, or says something
        else."""
        asked = {QUESTION: self._question.trouble()} if self._question is not None else {}
        outside = (one.troubles for one in (self._bench, self._listening, self._serving))
        troubles = {
            code_of(trouble): trouble
            for source in (*outside, self._own, asked)
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
            case "serve_folder":
                self.folder_wanted.emit()
            case "serve_ports":
                self.file_ports_wanted.emit()
            case "not_served":
                self.serving_wanted.emit()
            case "our_url":
                self.url_wanted.emit(str(trouble.values["url"]))
            case "older_url":
                self.older_url_wanted.emit()
            case _ if self._question is not None:
                do = self._question.do
                self.drop_question()
                do()

    def _dismiss(self, trouble: Trouble) -> None:
        code = code_of(trouble)
        if code == QUESTION:
            self.drop_question()
        elif not self.remove(code):
            self._dismissed[code] = trouble
            self.refresh()
