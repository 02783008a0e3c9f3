"""What an action did, in whole sentences for the status bar: one for each outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.pnp.makes import make_without_mac
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate


@dataclass(slots=True)
class Outcome:
    """How many of an action's phones had which outcome."""

    in_request: int = 0
    """Answered in time, within their own request: 200 OK and NOTIFY."""
    alone: int = 0
    """Sent a NOTIFY alone, after their request was over."""
    waiting: int = 0
    """Sent their URL when they ask."""
    held_back: int = 0
    """Sent theirs when others at their address have answered."""
    had_it: int = 0
    """Approved before and sent the URL: nothing was sent again."""
    not_approved: int = 0
    """Not approved: nothing was sent."""
    no_url: int = 0
    """Approved, but their URL cannot be filled in."""
    foreign: int = 0
    """Of all these: phones of other makes whose URL is snom's own server."""

    @property
    def total(self) -> int:
        """All phones."""
        served = self.in_request + self.alone + self.waiting + self.held_back + self.had_it
        return served + self.not_approved + self.no_url


def outcome_of(sent: Mapping[SendResult, int]) -> Outcome:
    """From what the bench says was sent."""
    return Outcome(
        in_request=sent.get(SendResult.OK_AND_NOTIFY, 0),
        alone=sent.get(SendResult.NOTIFY_ALONE, 0),
        waiting=sent.get(SendResult.NEVER_ASKED, 0),
        held_back=sent.get(SendResult.HELD_BACK, 0),
        not_approved=sent.get(SendResult.NOT_APPROVED, 0),
        no_url=sent.get(SendResult.NO_URL, 0),
    )


def approved(phones: list[Phone], outcome: Outcome) -> str:
    """What approving these phones did."""
    if len(phones) != 1:
        first = translate("Outcomes", "%n phones approved.", len(phones))
        return " ".join([first, *details(outcome)])
    if outcome.had_it:
        text = translate(
            "Outcomes", "{phone} is approved already and was sent its URL. S sends it again."
        )
    elif outcome.no_url:
        text = translate(
            "Outcomes",
            "{phone} approved, but it cannot be served: it does not send a value that its URL"
            " needs. F2 gives it a URL of its own.",
        )
    elif outcome.in_request:
        text = translate("Outcomes", "{phone} approved and answered in time.")
    elif outcome.alone:
        text = translate(
            "Outcomes",
            "{phone} approved. It had stopped waiting: the URL was sent anyway, but not every"
            " phone accepts it.",
        )
    elif outcome.held_back:
        text = translate(
            "Outcomes",
            "{phone} approved. It gets its URL when other phones at its address have answered.",
        )
    else:
        text = translate("Outcomes", "{phone} approved. It gets its URL when it asks.")
    return " ".join([text.format(phone=name(phones[0])), *_foreign_words(outcome.foreign)])


def sent_again(phones: list[Phone], outcome: Outcome) -> str:
    """What sending again did."""
    if len(phones) != 1:
        return " ".join(details(outcome))
    if outcome.not_approved:
        text = translate("Outcomes", "{phone} is not approved, so nothing was sent. A approves it.")
    elif outcome.no_url:
        text = translate(
            "Outcomes",
            "Nothing was sent to {phone}: it does not send a value that its URL needs. F2 gives it"
            " a URL of its own.",
        )
    elif outcome.in_request:
        text = translate("Outcomes", "{phone} was answered in time.")
    elif outcome.alone:
        text = translate(
            "Outcomes",
            "The URL was sent to {phone} again. It had stopped waiting, and not every phone"
            " accepts it then.",
        )
    elif outcome.held_back:
        text = translate(
            "Outcomes", "{phone} gets its URL when other phones at its address have answered."
        )
    else:
        text = translate("Outcomes", "Nothing was sent to {phone}. It gets its URL when it asks.")
    return text.format(phone=name(phones[0]))


def by_address(mac: str) -> str:
    """What else an approved phone may need that does not name this MAC; "" for other makes."""
    make = make_without_mac(mac)
    if not make:
        return ""
    return translate(
        "Outcomes",
        "{make} phones name no MAC: if the network does not know it either, the phone's row has its"
        " IP address; approve that one.",
    ).format(make=make)


def denied(phones: list[Phone]) -> str:
    """What denying these phones means."""
    if len(phones) == 1:
        return translate("Outcomes", "{phone} denied. It gets no answer.").format(
            phone=name(phones[0])
        )
    return translate("Outcomes", "%n phones denied. They get no answer.", len(phones))


def undecided(phones: list[Phone]) -> str:
    """What undoing the decision means."""
    if len(phones) == 1:
        text = translate(
            "Outcomes", "{phone} is undecided again. It gets no answer until you approve it."
        )
        return text.format(phone=name(phones[0]))
    return translate(
        "Outcomes",
        "%n phones are undecided again. They get no answer until you approve them.",
        len(phones),
    )


def forgotten(number: int) -> str:
    """What forgetting phones means."""
    return translate(
        "Outcomes", "%n phones forgotten. Those that ask again come back undecided.", number
    )


def if_any(*sentences: tuple[int, str]) -> list[str]:
    """Of (number of phones, sentence about them) the sentences about any."""
    return [sentence for number, sentence in sentences if number]


def name(phone: Phone) -> str:
    """A phone in a sentence: its label, if it has one, and its MAC address."""
    if phone.label:
        return f"{phone.label} ({phone_text(phone)})"
    return phone_text(phone)


def details(outcome: Outcome) -> list[str]:
    """A sentence for each outcome that any of several phones had."""
    # What needs action comes first: the end of a long line is cut.
    first = no_url_words(outcome.no_url) + _foreign_words(outcome.foreign)
    return first + if_any(
        (
            outcome.in_request,
            translate("Outcomes", "%n were answered in time.", outcome.in_request),
        ),
        (
            outcome.alone,
            translate(
                "Outcomes", "%n were sent late; not every phone accepts that.", outcome.alone
            ),
        ),
        (
            outcome.waiting,
            translate("Outcomes", "%n get their URL when they ask.", outcome.waiting),
        ),
        (
            outcome.held_back,
            translate(
                "Outcomes",
                "%n get their URL when others at their address have answered.",
                outcome.held_back,
            ),
        ),
        (outcome.had_it, translate("Outcomes", "%n had it already.", outcome.had_it)),
        (
            outcome.not_approved,
            translate(
                "Outcomes", "%n are not approved and were sent nothing.", outcome.not_approved
            ),
        ),
    )


def no_url_words(number: int) -> list[str]:
    """About the approved phones that cannot be served."""
    return if_any(
        (
            number,
            translate(
                "Outcomes",
                "%n of them cannot be served: they do not send a value that their URL needs. F2"
                " gives them a URL of their own.",
                number,
            ),
        )
    )


def _foreign_words(number: int) -> list[str]:
    return if_any(
        (
            number,
            translate(
                "Outcomes",
                "%n have snom's own URL, though they are not snom phones: type yours at the top.",
                number,
            ),
        )
    )
