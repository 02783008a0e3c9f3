"""Help > About: version and licences."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from pnp_gui import __version__
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.words.translate import translate


def about_box(parent: QWidget) -> QMessageBox:
    """The box, ready for `open()`; it deletes itself when it is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("About", "About PnP Bench"))
    side = theme.spacing(48)
    box.setIconPixmap(icons.app_icon().pixmap(QSize(side, side), parent.devicePixelRatio()))
    box.setText(translate("About", "PnP Bench {version}").format(version=__version__))
    what = translate(
        "About",
        "VoIP phones ask for their settings when they boot. PnP Bench shows these phones, and "
        "sends a provisioning URL to those that you approve.",
    )
    own = translate("About", "PnP Bench is under the MIT licence.")
    others = translate(
        "About",
        "It uses Qt {qt} and PySide6, which are under the GNU LGPL, version 3: you may replace"
        " their files in this program's folder with your own. It runs on Python {python}. The"
        " licences of all that it contains are in Help > Licence texts.",
    ).format(qt=PySide6.__version__, python=platform.python_version())
    box.setInformativeText("\n\n".join((what, own, others)))
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    # Without a desktop's icon theme Fusion draws one of its own, which does not suit the rest.
    box.button(QMessageBox.StandardButton.Ok).setIcon(QIcon())
    return box
