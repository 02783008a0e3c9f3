"""The form for the ports on which files are served."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

from pnp_gui.ui.serving import Serving
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.layout import column, row


class PortsDialog(QDialog):
    """Modal to its window; phones are served meanwhile. Use `open()`."""

    def __init__(self, serving: Serving, parent: QWidget) -> None:
        super().__init__(parent)
        self._serving = serving
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Ports for files"))
        self.http = QLineEdit(str(serving.http_port), self)
        self.tftp = QLineEdit(str(serving.tftp_port), self)
        form = QFormLayout()
        for text, tip, least, field in (
            (self.tr("&HTTP (TCP port)"), self.tr("1 to 65535"), 1, self.http),
            (self.tr("&TFTP (UDP port)"), self.tr("1 to 65535; 0: no TFTP"), 0, self.tftp),
        ):
            field.setValidator(QIntValidator(least, 65535, field))
            field.setToolTip(tip)
            field.setAccessibleName(text.replace("&", ""))
            field.setAccessibleDescription(tip)
            field.textChanged.connect(self._check)
            form.addRow(text, field)
        note = QLabel(
            self.tr(
                "The firewall must allow these ports. Phones expect TFTP on port 69; on Linux, "
                "ports below 1024 need administrator rights. 0: no TFTP."
            ),
            self,
            wordWrap=True,
        )
        theme.set_tone(note, "dim")
        self.save_button = QPushButton(self.tr("&Save"), self, default=True)
        self.save_button.clicked.connect(self._save)
        cancel = QPushButton(self.tr("Cancel"), self, autoDefault=False)
        cancel.clicked.connect(self.reject)
        buttons = row(None, self.save_button, cancel)
        column(form, note, None, buttons, on=self, edges=(16, 16, 16, 16), gap=10)
        self.setMinimumWidth(theme.spacing(380))
        self.http.selectAll()

    def _check(self) -> None:
        wrong = [field for field in (self.http, self.tftp) if not field.hasAcceptableInput()]
        for field in (self.http, self.tftp):
            theme.set_property(field, "wrong", field in wrong)
        self.save_button.setEnabled(not wrong)

    def _save(self) -> None:
        self._serving.set_ports(int(self.http.text()), int(self.tftp.text()))
        self.accept()
