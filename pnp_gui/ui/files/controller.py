"""What the menu *Files* does, and the line that offers our own URL instead of snom's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.files.ports_dialog import PortsDialog
from pnp_gui.ui.files.serving_bar import ServingBar
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.serving import Serving

OUR_URL = "our_url"
"""Code and action of the line: make our URL the default."""


class FilesController(QObject):
    """Starts and stops serving, and keeps its line up to date."""

    said = Signal(str)
    """A sentence about what was done."""
    offered = Signal(Trouble)
    """The default URL is snom's own although files are served here: a line that offers ours."""
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
        self._offers = False
        self.bar = ServingBar(serving, listening, window)
        self.bar.acted.connect(self.toggle)
        serving.changed.connect(self.refresh)

    def toggle(self) -> None:
        """Serve the folder of the last time, or stop; ask for a folder where there is none yet."""
        serving = self._serving
        if serving.serving:
            serving.stop()
            self.said.emit(self.tr("Files are not served any more."))
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
        text = self.tr("Approved phones get the files of {folder} now.")
        self.said.emit(text.format(folder=printable(str(folder))))

    def choose_ports(self) -> None:
        """Open the form for the ports."""
        PortsDialog(self._serving, self._window).open()

    def refresh(self) -> None:
        """Show what is new. Cheap if nothing is."""
        self._actions.show_serving(self._serving.serving)
        offers = self._serving.serving and self._bench.urls.default == FACTORY_URL
        if offers and not self._offers:
            self.offered.emit(
                Trouble(
                    "Phones get snom's own URL, and find nothing of this folder there. Give them "
                    "{url} instead.",
                    code=OUR_URL,
                    action=OUR_URL,
                    url=self._our_url(),
                )
            )
        elif self._offers and not offers:
            self.settled.emit(OUR_URL)
        self._offers = offers

    def refresh_counts(self) -> None:
        """Show how many files there are, and how many requests were refused."""
        self._serving.update_counts()
        self.bar.refresh()

    def _our_url(self) -> str:
        """As the make in the table wants it; for several makes, or none, the folder."""
        makes = {known_make(phone) for phone in self._bench.phones.values()}
        return self._bench.urls.ready(makes.pop() if len(makes) == 1 else "")[0]
