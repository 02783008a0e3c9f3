"""The menu bar: every action once more, in words, with its key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

from pnp_gui.ui.actions import Actions


def fill_menu_bar(bar: QMenuBar, do: Actions, approve_all: QMenu) -> None:
    """Put the actions into menus."""
    bar.setAccessibleName(_tr("Menus"))
    file = bar.addMenu(_tr("F&ile"))
    file.addActions(do.for_sheets)
    file.addSeparator()
    file.addActions([do.save_messages, do.save_all_messages])
    file.addActions([do.copy_for_mail, do.copy_for_mail_open])
    file.addAction(do.save_log)
    file.addSeparator()
    file.addAction(do.history)
    file.addSeparator()
    file.addAction(do.quit)
    phones = bar.addMenu(_tr("&Phones"))
    phones.addActions([do.approve, do.deny, do.undecide])
    phones.addSeparator()
    phones.addAction(do.approve_all)
    phones.addMenu(approve_all)
    phones.addSeparator()
    phones.addActions([do.send_again, do.reboot, do.change_address])
    phones.addSeparator()
    phones.addAction(do.undo)
    phones.addSeparator()
    phones.addActions([do.edit_url, do.edit_label, do.copy_rows, do.select_all])
    phones.addSeparator()
    phones.addAction(do.scan_approves)
    phones.addSeparator()
    phones.addAction(do.forget)
    listen = bar.addMenu(_tr("&Listening"))
    listen.addActions([do.listen, do.choose_ports])
    listen.addSeparator()
    listen.addActions([do.go_to_url, do.rules])
    view = bar.addMenu(_tr("&View"))
    view.addActions([do.find, do.go_to_table])
    view.addSeparator()
    view.addActions([do.details, do.log])
    view.addSeparator()
    view.addActions([do.notices, do.sound])
    about = bar.addMenu(_tr("&Help"))
    about.addAction(do.about)
    for menu in (file, phones, listen, view, about):
        menu.setToolTipsVisible(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
