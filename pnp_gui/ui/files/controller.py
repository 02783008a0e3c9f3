"""What the menu *Files* does, and the lines that say that URL and served files do not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.pnp.url import FACTORY_URL, server_of
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble, listed
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.files.ports_dialog import PortsDialog
from pnp_gui.ui.files.serving_bar import ServingBar
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.serving import Serving

OUR_URL = "our_url"
"""Code and action of the line: make our URL the default."""
NOT_SERVED = "not_served"
"""Code and action of the line: serve the files to which a URL leads."""
ELSEWHERE = "served_elsewhere"
"""Code of the line: files are served, but not at the port to which a URL leads."""


class FilesController(QObject):
    """Starts and stops serving, and keeps its line up to date."""

    said = Signal(str)
    """A sentence about what was done."""
    offered = Signal(Trouble)
    """A line with something to do: our URL instead of snom's, or serving what a URL leads to."""
    settled = Signal(str)
    """The line with this code is not needed any more."""

    def __init__(
        self,
        bench: Bench,
        serving: Serving,
        listening: Listening,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bench = bench
        self._serving = serving
        self._actions = actions
        self._window = window
        self._lines: dict[str, object] = {}
        """What the lines that are true now are about, by code."""
        self.bar = ServingBar(serving, listening, window)
        self.bar.acted.connect(self.toggle)
        serving.changed.connect(self._name_action)
        self._name_action()

    def toggle(self) -> None:
        """Serve the folder of the last time, or stop; ask for a folder where there is none yet."""
        serving = self._serving
        if serving.serving:
            serving.stop()
            self.said.emit(self.tr("Files are no longer served."))
        elif serving.folder is None:
            self.choose_folder()
        else:
            self.serve(serving.folder)

    def choose_folder(self) -> None:
        """Ask for a folder, and serve it."""
        start = self._serving.folder or Path.home()
        chooser = QFileDialog(self._window, self.tr("Serve a folder"), str(start))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(lambda name: self.serve(Path(name)))
        chooser.open()

    def serve(self, folder: Path) -> None:
        self._serving.start(folder)
        text = self.tr("Approved phones now get the files in {folder}.")
        self.said.emit(text.format(folder=printable(str(folder))))

    def choose_ports(self) -> None:
        """Open the form for the ports."""
        PortsDialog(self._serving, self._window).open()

    def _name_action(self) -> None:
        self._actions.show_serving(self._serving.serving)

    def refresh(self) -> None:
        """Show what is new; the window calls it several times a second."""
        serving, urls = self._serving.serving, self._bench.urls
        served = set(map(server_of, self._serving.bases))
        ours = filter(urls.has_host, (urls.default, *(rule.url for rule in urls.rules)))
        vain = next((url for url in ours if server_of(url) not in served), "")
        self._show_line(
            OUR_URL,
            serving and urls.default == FACTORY_URL,
            lambda: Trouble(
                "Phones get snom's own URL, which does not point to this folder. Give them "
                "{url} instead.",
                code=OUR_URL,
                action=OUR_URL,
                url=self._our_url(),
            ),
        )
        self._show_line(
            NOT_SERVED,
            not serving and vain,
            lambda: Trouble(
                "Phones get {url}, which points to this computer, but no files are served "
                "here. Serve a folder (F12), or start the program that serves them.",
                code=NOT_SERVED,
                action=NOT_SERVED,
                url=vain,
            ),
        )
        self._show_line(
            ELSEWHERE,
            serving and vain and (vain, *self._serving.bases),
            lambda: Trouble(
                "Phones get {url}, but files are served at {served}. Change the URL or the ports, "
                "unless another program serves that URL.",
                code=ELSEWHERE,
                action="serve_ports",
                url=vain,
                served=listed(self._serving.bases),
            ),
        )

    def _show_line(self, code: str, about: object, line: Callable[[], Trouble]) -> None:
        """Once, as long as it is true (`about`) and about the same: who hides it does not see it
        again until then."""
        if about and about != self._lines.get(code):
            self._lines[code] = about
            self.offered.emit(line())
        elif not about and self._lines.pop(code, None):
            self.settled.emit(code)

    def refresh_counts(self) -> None:
        """Show how many files there are, and how many requests were refused."""
        self._serving.update_counts()
        self.bar.refresh()

    def _our_url(self) -> str:
        """As the make in the table wants it; for several makes, or none, the folder."""
        makes = {known_make(phone) for phone in self._bench.phones.values()}
        return self._bench.urls.ready(makes.pop() if len(makes) == 1 else "")[0]
