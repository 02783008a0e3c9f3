"""The menu bar: which action stands in which menu, in groups, in a technician's order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.widgets.idle import grey_idle
from pnp_gui.ui.words.translate import translate


def fill_menu_bar(bar: QMenuBar, do: Actions, approve_all: QAction, columns: QMenu) -> None:
    """`approve_all`: its choice of how long; `columns`: the choice of the table's columns."""
    bar.setAccessibleName(translate("Menus", "Menus"))
    _add_menu(
        bar,
        translate("Menus", "&File"),
        do.for_sheets,
        (do.save_messages, do.save_all_messages, do.save_log),
        (do.copy_for_mail, do.copy_for_mail_open),
        (do.history,),
        (do.quit,),
    )
    copying = _submenu(
        bar,
        translate("Menus", "&Copy"),
        (do.copy_macs, do.copy_addresses, do.copy_file_names, do.copy_rows),
    )
    _add_menu(
        bar,
        translate("Menus", "&Phones"),
        (do.approve, do.deny, do.undecide),
        (do.approve_all, approve_all, do.scan_approves),
        (do.send_again, do.reboot, do.change_address),
        (do.undo, do.redo),
        (do.edit_label, do.open_page, do.expected_files, copying.menuAction(), do.select_all),
        (do.forget,),
    )
    _add_menu(bar, translate("Menus", "U&RLs"), (do.go_to_url, do.edit_url), (do.rules,))
    _add_menu(bar, translate("Menus", "F&iles"), do.for_files)
    _add_menu(bar, translate("Menus", "&Listening"), (do.listen, do.choose_ports))
    theme = _submenu(bar, translate("Menus", "T&heme"), tuple(do.themes.values()))
    _add_menu(
        bar,
        translate("Menus", "&View"),
        (do.find, do.go_to_table),
        (do.details, do.log),
        (do.larger, do.smaller, do.normal_size),
        (theme.menuAction(), columns.menuAction()),
        (do.notify, do.sound, do.letter_keys),
    )
    _add_menu(
        bar,
        translate("Menus", "&Help"),
        (do.manual, do.keys),
        (do.open_log_folder,),
        (do.licences, do.about),
    )


def _add_menu(bar: QMenuBar, title: str, *groups: Sequence[QAction]) -> None:
    menu = bar.addMenu(title)
    menu.setToolTipsVisible(True)
    grey_idle(menu)
    for group in groups:
        if menu.actions():
            menu.addSeparator()
        menu.addActions(group)


def _submenu(bar: QMenuBar, title: str, actions: Sequence[QAction]) -> QMenu:
    menu = QMenu(title, bar)
    menu.setToolTipsVisible(True)
    grey_idle(menu)
    menu.addActions(actions)
    return menu
