"""The application's stylesheet, made from the theme's tokens: what Fusion alone does not do.

What it offers to widgets, by dynamic property (`widget.setProperty(name, value)` before the widget
is shown, `theme.set_property` later):

| property | on | gives |
|---|---|---|
| `bar` = true | any QWidget/QFrame | a plain bar: chrome background, rule below |
| `tone` = good, amber, bad, accent, dim | QLabel, QPushButton, QToolButton | text in that colour |
| `tone` = flat | QPushButton, QToolButton | no outline until hovered |
| `tone` = alarm | QToolButton | filled in red: something dangerous is on |
| `tone` = link | QPushButton, QToolButton | bold, no outline, for an action in a sentence |
| `tone` = amber, bad | QFrame with `bar` | a problem bar |
| `ground` = base | QFrame | the background of the table and of fields |
| `framed` = true | any view | a frame in the accent colour while it has the focus |
| `ruled` = true | QTableView | a rule below each row |

Its first rule makes every label plain text, Qt's own tooltips and message boxes included. Qt takes
a text for HTML that only looks like it, and opens the files it names; text from phones, lists and
files is in labels everywhere. Qt applies the rule when it polishes a label, before it first lays
out the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pnp_gui.resources import resource_path

_SHEET = """
QLabel, QToolTip {{ qproperty-textFormat: PlainText; }}

QMainWindow, QDialog {{ background: {chrome}; }}
QWidget[bar="true"] {{ background: {chrome}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[bar="true"][tone="amber"] {{ background: {amber_bg}; border-bottom: 1px solid {line}; }}
QFrame[bar="true"][tone="bad"] {{ background: {bad_bg}; border-bottom: 1px solid {line}; }}

QPushButton, QToolButton, QMenu {{ icon-size: {p16}px; }}
QPushButton, QToolButton {{
    background: {base}; color: {text}; border: 1px solid {border}; border-radius: {r}px;
    padding: {p4}px {p12}px; min-height: {p18}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {hover}; border-color: {dim}; }}
QPushButton:pressed, QToolButton:pressed, QToolButton:open {{ background: {selected}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: {p4m}px {p12m}px; }}
QPushButton:checked, QToolButton:checked {{ background: {selected}; border-color: {accent}; }}
/* What Enter does in a dialog. */
QPushButton:default {{ border-color: {accent}; }}
QPushButton:disabled, QToolButton:disabled {{
    background: {chrome}; color: {off}; border-color: {line};
}}
QPushButton[tone="good"], QToolButton[tone="good"], QLabel[tone="good"] {{ color: {good}; }}
QPushButton[tone="bad"], QToolButton[tone="bad"], QLabel[tone="bad"] {{ color: {bad}; }}
QPushButton[tone="amber"], QToolButton[tone="amber"], QLabel[tone="amber"] {{ color: {amber}; }}
QPushButton[tone="accent"], QToolButton[tone="accent"], QLabel[tone="accent"] {{ color: {accent}; }}
QPushButton[tone="dim"], QToolButton[tone="dim"], QLabel[tone="dim"] {{ color: {dim}; }}
QToolButton[tone="alarm"] {{ background: {bad_bg}; border-color: {bad}; color: {bad}; }}
QToolButton[tone="alarm"]:hover, QToolButton[tone="alarm"]:pressed {{ background: {bad_bg}; }}
QPushButton[tone]:disabled, QToolButton[tone]:disabled {{ color: {off}; }}
QPushButton[tone="flat"], QToolButton[tone="flat"] {{
    background: transparent; border-color: transparent; padding: {p4}px {p6}px;
}}
QPushButton[tone="flat"]:hover, QToolButton[tone="flat"]:hover {{ background: {hover}; }}
QPushButton[tone="flat"]:checked, QToolButton[tone="flat"]:checked {{
    background: {selected}; border-color: {accent};
}}
QPushButton[tone="flat"]:focus, QToolButton[tone="flat"]:focus {{
    border: 2px solid {accent}; padding: {p4m}px {p6m}px;
}}
QPushButton[tone="link"], QToolButton[tone="link"] {{
    background: transparent; border-color: transparent; padding: 1px {p6}px; font-weight: bold;
    min-height: 0;
}}
QPushButton[tone="link"]:hover, QToolButton[tone="link"]:hover {{ border-color: {border}; }}
QPushButton[tone="link"]:focus, QToolButton[tone="link"]:focus {{
    border: 2px solid {accent}; padding: 0 {p6m}px;
}}
QFrame[tone="amber"] > QLabel, QFrame[tone="amber"] > QPushButton,
QFrame[tone="amber"] > QToolButton {{ color: {amber}; }}
QFrame[tone="bad"] > QLabel, QFrame[tone="bad"] > QPushButton,
QFrame[tone="bad"] > QToolButton {{ color: {bad}; }}
QFileDialog QToolButton {{ padding: 2px; min-height: 0; }}
QLineEdit QToolButton {{ padding: 0; min-height: 0; border: none; background: transparent; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{
    image: url("{arrow}"); width: {p12}px; height: {p12}px;
    subcontrol-origin: padding; subcontrol-position: right center; right: {p6}px;
}}
QPushButton::menu-indicator {{ right: {p8}px; }}
QToolButton[popupMode="2"], QPushButton[menu="true"] {{ padding-right: {p26}px; }}
QToolButton[popupMode="1"] {{ padding-right: {p30}px; }}
QToolButton[dots="true"] {{ padding: {p4}px {p6}px; icon-size: {p14}px; }}
QToolButton[dots="true"]:focus {{ padding: {p4m}px {p6m}px; }}
QToolButton[dots="true"]::menu-indicator {{ image: none; width: 0; }}
QToolButton::menu-button {{ border: 0; border-left: 1px solid {line}; width: {p20}px; }}
QToolButton::menu-arrow {{ image: url("{arrow}"); width: {p12}px; height: {p12}px; }}


QLineEdit, QComboBox, QAbstractSpinBox {{
    background: {base}; color: {text}; border: 1px solid {border}; border-radius: {r}px;
    padding: {p4}px {p8}px; min-height: {p18}px;
    selection-background-color: {accent}; selection-color: {base};
    placeholder-text-color: {dim};
}}
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover {{ border-color: {dim}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: 2px solid {accent}; padding: {p4m}px {p8m}px;
}}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    background: {chrome}; color: {off}; border-color: {line};
}}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {bad}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: 0; padding: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {p26}px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {p12}px; height: {p12}px; }}
QComboBox QAbstractItemView {{
    background: {base}; color: {text}; border: 1px solid {border}; outline: 0;
    selection-background-color: {selected}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{
    min-height: {p26}px; padding: 0 {p6}px; border: 1px solid transparent;
}}
QComboBox QAbstractItemView::item:selected {{ background: {selected}; border-color: {accent}; }}

QCheckBox, QRadioButton {{ spacing: {p8}px; }}
QCheckBox::indicator, QMenu::indicator {{
    width: {p14}px; height: {p14}px; background: {base};
    border: 1px solid {dim}; border-radius: 3px;
}}
QMenu::indicator:exclusive {{ border-radius: {p7}px; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:checked, QMenu::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{ticked}");
}}
QCheckBox:focus {{ color: {accent}; }}
QCheckBox[tone="good"] {{ color: {good}; }}

QMenu {{ background: {base}; color: {text}; border: 1px solid {border}; padding: {p4}px 0; }}
QMenu::item {{ padding: {p6}px {p26}px {p6}px {p18}px; border: 1px solid transparent; }}
QMenu::item:selected {{ background: {selected}; color: {text}; border-color: {accent}; }}
QMenu::item:disabled {{ color: {off}; }}
/* Icons and boxes below each other, and so the words beside them. */
QMenu::icon {{ padding-left: {p20}px; }}
QMenu::indicator {{ margin-left: {p10}px; margin-right: -{p6}px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {p4}px 0; }}
QMenuBar {{ background: {chrome}; color: {text}; }}
QMenuBar::item {{
    padding: {p4}px {p8}px; background: transparent; border: 1px solid transparent;
}}
QMenuBar::item:selected {{ background: {selected}; border-color: {accent}; }}

QToolTip {{
    background: {base}; color: {text}; border: 1px solid {border}; padding: {p4}px {p6}px;
}}

QHeaderView {{ background: {chrome}; border: 0; }}
QHeaderView::section {{
    background: {chrome}; color: {dim}; border: 0; border-bottom: 1px solid {line};
    padding: 0 {p10}px; min-height: {p30}px; font-weight: normal;
}}
QHeaderView::section:hover {{ background: {hover}; color: {text}; }}
QHeaderView::section:pressed {{ background: {selected}; color: {text}; }}

QHeaderView::up-arrow {{ image: url("{arrow_up}"); width: {p12}px; height: {p12}px; }}
QHeaderView::down-arrow {{ image: url("{arrow}"); width: {p12}px; height: {p12}px; }}
QHeaderView::up-arrow, QHeaderView::down-arrow {{
    subcontrol-origin: padding; subcontrol-position: right center; right: {p4}px;
}}

QTableView, QTreeView, QListView {{
    background: {base}; color: {text}; border: 0;
    selection-background-color: {selected}; selection-color: {text};
}}
QPlainTextEdit, QTextEdit {{
    background: {base}; color: {text}; border: 0;
    selection-background-color: {accent}; selection-color: {base};
}}
QFrame[ground="base"] {{ background: {base}; }}
*[framed="true"] {{ border: 1px solid {base}; }}
*[framed="true"]:focus {{ border-color: {accent}; }}
QPlainTextEdit[bar="true"] {{ border: 1px solid {line}; }}
QPlainTextEdit[bar="true"]:focus {{ border-color: {accent}; }}
QTableView::item {{ border: 0; padding: 0 {p7}px; }}
QTableView {{ outline: 0; icon-size: {p13}px; }}
QTableView[ruled="true"]::item {{ border-bottom: 1px solid {line}; }}
QTableView::item:selected {{
    background: {selected}; border-top: 1px solid {border}; border-bottom: 1px solid {border};
}}
#url-card {{ background: {base}; border: 1px solid {border}; border-radius: {r}px; }}
QStatusBar {{ background: {chrome}; color: {text}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QSplitter::handle:vertical {{ height: {p4}px; }}
QSplitter::handle:horizontal {{ width: {p4}px; }}

QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: {p12}px; }}
QScrollBar:horizontal {{ height: {p12}px; }}
QScrollBar::handle {{ background: {border}; border-radius: {p4}px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {dim}; }}
QScrollBar::handle:vertical {{ min-height: {p26}px; }}
QScrollBar::handle:horizontal {{ min-width: {p26}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: {base}; border: 0; }}
"""


def stylesheet(colours: Mapping[str, str], dark: bool, spacing: Callable[[float], int]) -> str:
    """The stylesheet for these colours (the tokens' names and "off") and distances."""
    scheme = "dark" if dark else "light"
    values: dict[str, object] = dict(colours)
    for px in (4, 6, 7, 8, 10, 12, 13, 14, 16, 18, 20, 22, 26, 30):
        values[f"p{px}"] = spacing(px)
        # A focused control has a border one pixel thicker, so its padding is one pixel less.
        values[f"p{px}m"] = spacing(px) - 1
    values["r"] = spacing(5)
    for name in ("arrow", "arrow-up", "ticked"):
        path = resource_path("icons", f"{name}-{scheme}.svg").as_posix()
        values[name.replace("-", "_")] = path
    return _SHEET.format(**values)
