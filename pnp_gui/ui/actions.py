"""Everything the technician can do from the keyboard or a menu: text, key, icon and explanation.

The only file that knows them, and where each key works. What an action does is connected in
`main_window/window.py` and the controllers that it names there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from pnp_gui.ui.theme import icons


class Actions(QObject):
    """The window's actions, one attribute each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.approve = self._make(
            self.tr("&Approve"),
            "A",
            "approve",
            self.tr("Approve the selected phones: they get their URL at once if they are asking."),
            color="good",
        )
        self.deny = self._make(
            self.tr("&Deny"),
            "D",
            "deny",
            self.tr("Deny the selected phones: they get no answer at all."),
            color="bad",
        )
        self.undecide = self._make(
            self.tr("&Undecided"),
            "U",
            "undecide",
            self.tr("Take back the decision on the selected phones: they get no answer for now."),
        )
        self.change_address = self._make(
            self.tr("Change to the &other address"),
            "X",
            "conflict",
            self.tr(
                "In a conflict: the selected phones are at the other address that asks for them."
                " Approved ones are sent their URL there."
            ),
        )
        self.send_again = self._make(
            self.tr("&Send again"),
            "S",
            "send-again",
            self.tr("Send the URL to the selected approved phones once more."),
        )
        self.reboot = self._make(
            self.tr("Ask to re&boot"),
            "R",
            "reboot",
            self.tr(
                "Ask the selected approved phones to reboot. The status shows what they answer."
            ),
        )
        self.reboot.setIconText(self.tr("Reboot"))
        # `ApproveAllController` sets its words and icon to what it would do.
        self.approve_all = self._make(self.tr("App&rove all that ask"), "F8", "clock", "")
        self.approve_all.setAutoRepeat(False)
        self.approve_all.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.undo = self._make(
            self.tr("U&ndo"),
            "Ctrl+Z",
            "",
            self.tr(
                "Undo the last decision, URL, label, import or Forget. What was sent stays sent."
            ),
        )
        # A key that is held down undoes one step, not all of them.
        self.undo.setAutoRepeat(False)
        self.edit_url = self._make(
            self.tr("&Edit URL"),
            "F2",
            "",
            self.tr("Give the selected phone a URL of its own; empty means the default URL again."),
        )
        self.edit_label = self._make(
            self.tr("Edit la&bel"),
            "F3",
            "",
            self.tr("Give the selected phones a label: extension, room. Find searches it."),
        )
        self.select_all = self._make(
            self.tr("Select a&ll"), "Ctrl+A", "", self.tr("Select every phone in the table.")
        )
        self.copy_rows = self._make(
            self.tr("&Copy rows"),
            "Ctrl+C",
            "copy",
            self.tr("Copy the selected rows, ready to paste into a spreadsheet."),
        )
        self.forget = self._make(
            self.tr("&Forget"),
            "Delete",
            "",
            self.tr(
                "Remove the selected phones from the table, with their decisions, URLs and labels."
                " A phone that asks again comes back undecided."
            ),
        )
        self.paste_sheet = self._make(
            self.tr("&Paste phones"),
            "Ctrl+V",
            "",
            self.tr(
                "Take phones from the clipboard: cells of a spreadsheet, or any text with MACs."
                " What would change is shown first."
            ),
        )
        self.for_selection = (
            self.approve,
            self.deny,
            self.undecide,
            self.send_again,
            self.reboot,
            self.change_address,
            self.copy_rows,
            self.forget,
        )
        self.on_table = (
            *self.for_selection,
            self.edit_url,
            self.edit_label,
            self.select_all,
            self.paste_sheet,
        )
        for action in self.on_table:
            # In a text field a letter must stay a letter.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # A key that is held down is one decision, and sends one message.
            action.setAutoRepeat(False)

        self.find = self._make(
            self.tr("&Find a phone"),
            "Ctrl+F",
            "search",
            self.tr("Show only the phones in which this text occurs."),
        )
        self.import_sheet = self._make(
            self.tr("&Import sheet…"),
            "Ctrl+O",
            "folder",
            self.tr(
                "Read phones from a CSV file: mac, decision, url, label. What would change is"
                " shown first. You can also drop a file onto the window."
            ),
        )
        self.export_sheet = self._make(
            self.tr("&Export all phones…"),
            "Ctrl+E",
            "save",
            self.tr("Write all phones into a CSV file, which can be imported again."),
        )
        self.export_selection = self._make(
            self.tr("Export &selected phones…"),
            "Ctrl+Shift+E",
            "",
            self.tr("Write the selected phones into a CSV file, which can be imported again."),
        )
        self.for_sheets = (
            self.import_sheet,
            self.paste_sheet,
            self.export_sheet,
            self.export_selection,
        )
        self.scan_approves = self._make(
            self.tr("Scan a&pproves"),
            "Ctrl+B",
            "",
            self.tr(
                "Approve every phone whose MAC is scanned or typed into the find field, and add"
                " those that are not known. It is off at every start of the program."
            ),
            checkable=True,
        )
        self.go_to_url = self._make(
            self.tr("Default &URL"), "Ctrl+L", "", self.tr("Go to the default URL.")
        )
        self.rules = self._make(
            self.tr("URL &rules…"),
            "F7",
            "",
            self.tr("URLs for the phones of a make, or for some of its models."),
        )
        self.rules.setIconText(self.tr("Rules…"))
        self.go_to_table = self._make(
            self.tr("&Table of phones"), "F6", "", self.tr("Go to the table of phones.")
        )
        self.details = self._make(
            self.tr("&Messages"),
            "F4",
            "pane",
            self.tr("Show or hide the messages of the selected phone."),
            checkable=True,
        )
        self.notify = self._make(
            self.tr("&Notify when phones ask"),
            "",
            "",
            self.tr("Show a notification when phones ask while this window is not in front."),
            checkable=True,
        )
        self.sound = self._make(
            self.tr("S&ound with notifications"),
            "",
            "",
            self.tr("Play a short sound with each notification."),
            checkable=True,
        )
        self.log = self._make(
            self.tr("L&og"),
            "F9",
            "log",
            self.tr("Show or hide the log of everything that happened."),
            checkable=True,
        )
        self.copy_message = self._make(
            self.tr("&Copy message"),
            "Ctrl+C",
            "copy",
            self.tr("Copy the selected message as it was sent."),
        )
        self.copy_message.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.save_messages = self._make(
            self.tr("Save &messages…"),
            "Ctrl+T",
            "save",
            self.tr("Save the messages of the selected phones as a capture (pcap) for Wireshark."),
        )
        self.save_messages.setIconText(self.tr("Save"))
        self.save_all_messages = self._make(
            self.tr("Save messages of &all phones…"),
            "Ctrl+Shift+T",
            "",
            self.tr("Save all messages that are kept as a capture (pcap) for Wireshark."),
        )
        self.copy_for_mail = self._make(
            self.tr("Copy for an email to &support"),
            "Ctrl+Shift+C",
            "copy",
            self.tr(
                "Copy facts, versions and messages of the selected phones as text. User"
                " names and passwords in URLs are masked."
            ),
        )
        self.copy_for_mail.setIconText(self.tr("Copy for an email"))
        self.copy_for_mail_open = self._make(
            self.tr("Copy for an email with user name and pass&word"),
            "",
            "",
            self.tr("The same, with user name and password in URLs."),
        )
        self.save_log = self._make(
            self.tr("Save &log…"),
            "",
            "save",
            self.tr("Save the shown lines of the log as a text file."),
        )
        self.history = self._make(
            self.tr("&History and report…"),
            "Ctrl+R",
            "sheet",
            self.tr(
                "What each phone was sent and answered, and when; as a table or a page to print."
            ),
        )
        self.listen = self._make(
            self.tr("&Stop listening"),
            "F5",
            "stop",
            self.tr("Start or stop listening for phones."),
        )
        self.choose_ports = self._make(
            self.tr("&Network ports"),
            "Ctrl+P",
            "network",
            self.tr("Choose on which network ports to listen for phones."),
        )
        self.quit = self._make(
            self.tr("&Quit"), "Ctrl+Q", "", self.tr("Stop listening and close PnP Bench.")
        )
        self.about = self._make(
            self.tr("&About PnP Bench"), "", "", self.tr("Version and licences.")
        )
        self.show_listening(False)

    def show_listening(self, listening: bool) -> None:
        """Name the F5 action after what it would do."""
        self.listen.setText(
            self.tr("&Stop listening") if listening else self.tr("&Start listening")
        )
        self.listen.setIconText(self.tr("Stop") if listening else self.tr("Start"))
        self.listen.setIcon(icons.icon("stop" if listening else "start"))

    def _make(
        self,
        text: str,
        key: str,
        icon: str,
        tip: str,
        *,
        color: str = "",
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self)
        action.setToolTip(tip)
        action.setWhatsThis(tip)
        if key:
            action.setShortcut(QKeySequence(key))
        action.setCheckable(checkable)
        if icon:
            action.setIcon(icons.icon(icon, color or None))
        return action
