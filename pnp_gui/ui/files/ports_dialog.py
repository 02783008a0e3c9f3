"""The form for the ports on which files are served."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QWidget

from pnp_gui.ui.serving import Serving
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.layout import column


class PortsDialog(QDialog):
    """Modal to its window; phones are served meanwhile. Use `open()`."""

    def __init__(self, serving: Serving, parent: QWidget) -> None:
        super().__init__(parent)
        self._serving = serving
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Ports for files"))
        self.http = QSpinBox(self, minimum=1, maximum=65535, value=serving.http_port)
        self.tftp = QSpinBox(self, minimum=0, maximum=65535, value=serving.tftp_port)
        self.tftp.setSpecialValueText(self.tr("none"))
        note = QLabel(
            self.tr(
                "A firewall must let these in. Phones expect TFTP on port 69; on Linux a port below"
                " 1024 needs the administrator's rights. 0: no TFTP."
            ),
            self,
            wordWrap=True,
        )
        theme.set_tone(note, "dim")
        form = QFormLayout()
        for text, field in (
            (self.tr("&HTTP (TCP port)"), self.http),
            (self.tr("&TFTP (UDP port)"), self.tftp),
        ):
            field.setAccessibleName(text.replace("&", ""))
            form.addRow(text, field)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Save | standard.Cancel, self)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        column(form, note, None, self.buttons, on=self, edges=(16, 16, 16, 16), gap=10)
        self.setMinimumWidth(theme.spacing(380))

    def _save(self) -> None:
        self._serving.set_ports(self.http.value(), self.tftp.value())
        self.accept()
