"""What is wrong, as a sentence for a person: the window translates the template and shows it in the
problem bar, the command line prints `str(trouble)`.
"""

from __future__ import annotations

from collections.abc import Iterable

from pnp_gui.texts import english

MAX_NAMED = 12
"""Names that a sentence lists before it only counts."""


class Trouble(Exception):
    """A sentence that says what is wrong, where, and what to do."""

    template: str
    """English sentence with {named} fields, and %n; also the key of its translation."""
    values: dict[str, object]
    """The values of the fields; the number for %n is `n`."""
    action: str
    """The button to offer: "", "try_again", "show_interfaces", "copy_details", "use_again",
    "older_url", "our_url", "not_served", "serve_folder", "serve_ports"; of a question what it would
    do: "forget", "approve", "approve_all", "reboot"."""
    code: str
    """Short stable name; the problem bar shows at most one line for each."""

    def __init__(
        self, template: str, *, action: str = "", code: str = "", **values: object
    ) -> None:
        super().__init__(template)
        self.template = template
        self.values = values
        self.action = action
        self.code = code

    def __str__(self) -> str:
        return english(self.template, self.values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trouble):
            return NotImplemented
        return (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(self.template)


def listed(names: Iterable[str]) -> str:
    """Names for a sentence, each once, at most `MAX_NAMED`: "eth0, eth1 … +298"."""
    each = list(dict.fromkeys(names))
    text = ", ".join(each[:MAX_NAMED])
    return f"{text} … +{len(each) - MAX_NAMED}" if len(each) > MAX_NAMED else text
