"""The menu bar: every action with its key."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.words.translate import translate


def fill_menu_bar(bar: QMenuBar, do: Actions, approve_all: QMenu) -> None:
    """Put the actions into menus."""
    bar.setAccessibleName(translate("Menus", "Menus"))
    file = bar.addMenu(translate("Menus", "F&ile"))
    file.addActions(do.for_sheets)
    file.addSeparator()
    file.addActions([do.save_messages, do.save_all_messages])
    file.addActions([do.copy_for_mail, do.copy_for_mail_open])
    file.addAction(do.save_log)
    file.addSeparator()
    file.addAction(do.history)
    file.addSeparator()
    file.addAction(do.quit)
    phones = bar.addMenu(translate("Menus", "&Phones"))
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
    listen = bar.addMenu(translate("Menus", "&Listening"))
    listen.addActions([do.listen, do.choose_ports])
    listen.addSeparator()
    listen.addActions([do.go_to_url, do.rules])
    view = bar.addMenu(translate("Menus", "&View"))
    view.addActions([do.find, do.go_to_table])
    view.addSeparator()
    view.addActions([do.details, do.log])
    view.addSeparator()
    view.addActions([do.notify, do.sound])
    about = bar.addMenu(translate("Menus", "&Help"))
    about.addAction(do.about)
    for menu in (file, phones, listen, view, about):
        menu.setToolTipsVisible(True)
