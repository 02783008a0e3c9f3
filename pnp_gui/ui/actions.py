"""Everything the technician can do: text, explanation, key, icon, menu, and where the key works.

What each action does stands in `MainWindow._connect_actions` (`main_window/window.py`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from pnp_gui.ui.theme import icons


class Actions(QObject):
    """The window's actions, one attribute each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        make = self._make
        self.approve = make(
            self.tr("&Approve"),
            self.tr(
                "Approve the selected phones: they get their URL at once if they are asking. "
                "Denied phones stay denied if others are selected with them."
            ),
            "A",
            icon="approve",
            color="good",
        )
        self.deny = make(
            self.tr("&Deny"),
            self.tr("Deny the selected phones: they get no answer at all."),
            "D",
            icon="deny",
            color="bad",
        )
        self.undecide = make(
            self.tr("&Undecided"),
            self.tr("Take back the decision on the selected phones: they get no answer for now."),
            "U",
            icon="undecide",
        )
        self.send_again = make(
            self.tr("&Send again"),
            self.tr("Send the URL to the selected approved phones once more."),
            "S",
            icon="send-again",
        )
        self.reboot = make(
            self.tr("Ask to re&boot"),
            self.tr("Ask the selected approved phones to reboot. The status shows their answer."),
            "R",
            icon="reboot",
            short=self.tr("Reboot"),
        )
        self.change_address = make(
            self.tr("Switch to the &other address"),
            self.tr(
                "In a conflict: move the selected phones to the other address that asks with "
                "their MAC. Approved ones are sent their URL there."
            ),
            "X",
            icon="conflict",
        )
        self.copy_rows = make(
            self.tr("&Copy rows"),
            self.tr("Copy the selected rows, ready to paste into a spreadsheet."),
            "Ctrl+C",
            icon="copy",
        )
        self.forget = make(
            self.tr("&Forget"),
            self.tr(
                "Remove the selected phones from the table, with their decisions, URLs and labels."
                " A phone that asks again comes back undecided."
            ),
            "Delete",
        )
        self.edit_url = make(
            self.tr("&Edit URL"),
            self.tr(
                "Give the selected phones their own URL; leave it empty to go back to the "
                "default URL."
            ),
            "F2",
        )
        self.edit_label = make(
            self.tr("Edit labe&l"),
            self.tr(
                "Give the selected phones a label, such as an extension or a room. Find "
                "searches labels, too."
            ),
            "F3",
        )
        self.select_all = make(
            self.tr("Selec&t all"), self.tr("Select every phone in the table."), "Ctrl+A"
        )
        self.paste_sheet = make(
            self.tr("&Paste phones"),
            self.tr(
                "Import phones from the clipboard: cells of a spreadsheet, or any text with "
                "MACs. You first see what would change."
            ),
            "Ctrl+V",
        )
        self.open_page = make(
            self.tr("Open the phone's web pa&ge"),
            self.tr("Open the phone's own web page, http://ADDRESS/, in your browser."),
        )
        self.expected_files = make(
            self.tr("&What files will it request?"),
            self.tr(
                "Show which files the selected phone will request at its URL, and which of "
                "them are in the served folder."
            ),
        )
        self.copy_macs = make(
            self.tr("Copy &MAC"), self.tr("Copy the MAC addresses of the selected phones.")
        )
        self.copy_addresses = make(
            self.tr("Copy IP add&ress"), self.tr("Copy the IP addresses of the selected phones.")
        )
        self.copy_file_names = make(
            self.tr("Copy missing f&ile name"),
            self.tr(
                "Copy the names of the files that the selected phones request and the served "
                "folder does not have. Give your files these names."
            ),
        )
        self.on_table = (
            (self.approve, self.deny, self.undecide),
            (self.send_again, self.reboot, self.change_address),
            (self.edit_url, self.edit_label),
            (self.open_page, self.expected_files),
            (self.copy_macs, self.copy_addresses, self.copy_file_names),
            (self.copy_rows, self.paste_sheet),
            (self.select_all,),
            (self.forget,),
        )
        """They work while the table has the keyboard, and are its context menu, in groups."""
        for action in (action for group in self.on_table for action in group):
            # In a text field a letter must stay a letter.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

        # `ApproveAllController` sets its words and icon to what it would do.
        self.approve_all = make(self.tr("App&rove all that ask"), "", "F8", icon="clock")
        self.approve_all.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.undo = make(
            self.tr("U&ndo"),
            self.tr(
                "Undo the last decision, URL, label, import or Forget. What was sent stays sent."
            ),
            "Ctrl+Z",
        )
        self.redo = make(
            self.tr("R&edo"),
            self.tr(
                "Redo what Ctrl+Z undid. Phones that are approved again are sent their URL, as "
                "the first time."
            ),
            "Ctrl+Y",
        )
        self.find = make(
            self.tr("&Find a phone"),
            self.tr("Show only the phones that contain this text."),
            "Ctrl+F",
            icon="search",
        )
        self.import_sheet = make(
            self.tr("&Import sheet…"),
            self.tr(
                "Import phones from a CSV file: mac, decision, url, label. You first see what "
                "would change. You can also drop a file onto the window."
            ),
            "Ctrl+O",
            icon="folder",
        )
        self.export_sheet = make(
            self.tr("&Export all phones…"),
            self.tr("Save all phones to a CSV file, which can be imported again."),
            "Ctrl+E",
            icon="save",
        )
        self.export_selection = make(
            self.tr("Export &selected phones…"),
            self.tr("Save the selected phones to a CSV file, which can be imported again."),
            "Ctrl+Shift+E",
        )
        self.scan_approves = make(
            self.tr("Scan to a&pprove"),
            self.tr(
                "Approve every phone whose MAC is scanned or typed into the find field, and "
                "add unknown ones. It is off whenever the program starts."
            ),
            "Ctrl+B",
            checkable=True,
        )
        self.go_to_url = make(self.tr("Default &URL"), self.tr("Go to the default URL."), "Ctrl+L")
        self.rules = make(
            self.tr("URL &rules…"),
            self.tr("URLs for the phones of a make, or for some of its models."),
            "F7",
            icon="rules",
            short=self.tr("Rules…"),
        )
        self.go_to_table = make(
            self.tr("&Table of phones"), self.tr("Go to the table of phones."), "F6"
        )
        self.details = make(
            self.tr("&Messages"),
            self.tr("Show or hide the messages of the selected phone."),
            "F4",
            icon="pane",
            checkable=True,
        )
        self.log = make(
            self.tr("L&og"),
            self.tr("Show or hide the log of everything that happened."),
            "F9",
            icon="log",
            checkable=True,
        )
        self.notify = make(
            self.tr("&Notify when phones ask"),
            self.tr("Show a notification when phones ask while this window is not in front."),
            checkable=True,
        )
        self.sound = make(
            self.tr("Sound &with notifications"),
            self.tr("Play a short sound with each notification."),
            checkable=True,
        )
        self.letter_keys = make(
            self.tr("Single-letter &keys"),
            self.tr("A, D, U, S, R and X act on the selected phones. Off: only menus and buttons."),
            checkable=True,
        )
        self.copy_message = make(
            self.tr("&Copy message"),
            self.tr("Copy the selected message as it was sent."),
            "Ctrl+C",
            icon="copy",
        )
        self.copy_message.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.save_messages = make(
            self.tr("Save &messages…"),
            self.tr("Save the messages of the selected phones as a capture (pcap) for Wireshark."),
            "Ctrl+T",
            icon="save",
            short=self.tr("Save"),
        )
        self.save_all_messages = make(
            self.tr("Save messages of &all phones…"),
            self.tr("Save all messages that are kept as a capture (pcap) for Wireshark."),
            "Ctrl+Shift+T",
        )
        self.copy_for_mail = make(
            self.tr("Copy &for an email to support"),
            self.tr(
                "Copy facts, versions and messages of the selected phones as text. User"
                " names and passwords in URLs are masked."
            ),
            "Ctrl+Shift+C",
            icon="copy",
            short=self.tr("Copy for an email"),
        )
        self.copy_for_mail_open = make(
            self.tr("Copy for an email with user name and pass&word"),
            self.tr("The same, with user name and password in URLs."),
        )
        self.save_log = make(
            self.tr("Save &log…"),
            self.tr("Save the shown lines of the log as a text file."),
            icon="save",
        )
        self.history = make(
            self.tr("&History and report…"),
            self.tr(
                "What each phone was sent, what it answered, and when; as a table or a report "
                "to print."
            ),
            "Ctrl+R",
            icon="sheet",
        )
        self.listen = make("", self.tr("Start or stop listening for phones."), "F5")
        self.choose_ports = make(
            self.tr("&Network interfaces"),
            self.tr("Choose the network interfaces on which to listen for phones."),
            "Ctrl+P",
            icon="network",
        )
        self.serve = make(
            "", self.tr("Serve the files of a folder to approved phones, or stop."), "F12"
        )
        self.serve_folder = make(
            self.tr("Serve another &folder…"),
            self.tr(
                "Choose the folder whose files are served to approved phones, by HTTP and TFTP."
            ),
        )
        self.serve_ports = make(
            self.tr("&Ports for files…"),
            self.tr("Choose the ports for HTTP and TFTP."),
        )
        self.for_files = (self.serve, self.serve_folder, self.serve_ports)
        self.quit = make(self.tr("&Quit"), self.tr("Stop listening and close PnP Bench."), "Ctrl+Q")
        self.larger = make(self.tr("&Larger"), self.tr("Show everything larger."), "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = make(self.tr("&Smaller"), self.tr("Show everything smaller."), "Ctrl+-")
        for action in (self.larger, self.smaller):
            action.setAutoRepeat(True)
        self.normal_size = make(
            self.tr("Normal si&ze"), self.tr("Show everything at 100% again."), "Ctrl+0"
        )
        self.themes = {
            "system": make(
                self.tr("&System"), self.tr("Use the colours of the system."), checkable=True
            ),
            "light": make(self.tr("&Light"), self.tr("Dark text on white."), checkable=True),
            "dark": make(self.tr("&Dark"), self.tr("Light text on black."), checkable=True),
        }
        """By the setting's value."""
        one_theme = QActionGroup(self)
        for theme in self.themes.values():
            one_theme.addAction(theme)
        self.manual = make(self.tr("&Manual"), self.tr("How everything works."), "F1")
        self.keys = make(self.tr("&Keys"), self.tr("All keys."))
        self.open_log_folder = make(
            self.tr("Open the &log's folder"),
            self.tr("Open the folder with the log file, in your file manager."),
        )
        self.licences = make(
            self.tr("Licence &texts"),
            self.tr("The licences of PnP Bench and of everything that it contains."),
        )
        self.about = make(
            self.tr("&About PnP Bench"), self.tr("The version, and the libraries that it contains.")
        )
        self.on_selection = (
            *(self.approve, self.deny, self.undecide, self.send_again, self.reboot),
            *(self.change_address, self.copy_rows, self.forget, self.edit_url, self.edit_label),
            *(self.open_page, self.expected_files),
            *(self.copy_macs, self.copy_addresses, self.copy_file_names),
            *(self.export_selection, self.save_messages),
            *(self.copy_for_mail, self.copy_for_mail_open),
        )
        """What is done to the selected phones."""
        self.for_sheets = (
            *(self.import_sheet, self.paste_sheet),
            *(self.export_sheet, self.export_selection),
        )
        self.show_listening(False)
        self.show_serving(False)

    def show_listening(self, listening: bool) -> None:
        """Name the F5 action after what it would do."""
        self.listen.setText(
            self.tr("&Stop listening") if listening else self.tr("&Start listening")
        )
        self.listen.setIconText(self.tr("Stop") if listening else self.tr("Start"))
        self.listen.setIcon(icons.icon("stop" if listening else "start"))

    def show_serving(self, serving: bool) -> None:
        """Name the F12 action after what it would do."""
        self.serve.setText(self.tr("&Stop serving") if serving else self.tr("&Serve files"))
        self.serve.setIcon(icons.icon("stop" if serving else "start"))

    def _make(
        self,
        text: str,
        tip: str,
        key: str = "",
        *,
        icon: str = "",
        color: str | None = None,
        short: str = "",
        checkable: bool = False,
    ) -> QAction:
        """`short`: the text of its button, if that is another. A key that is held down is one
        decision and one step: S would send thirty times a second, F5 stop and start."""
        action = QAction(
            text, self, toolTip=tip, whatsThis=tip, checkable=checkable, autoRepeat=False
        )
        action.setShortcut(QKeySequence(key))
        if short:
            action.setIconText(short)
        if icon:
            action.setIcon(icons.icon(icon, color))
        return action
