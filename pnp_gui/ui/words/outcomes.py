"""What an action did, in whole sentences for the status bar: one for each outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.makes import make_without_mac
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

Sent = Mapping[SendResult, int]
"""How many phones had which outcome, as the bench counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """What is said of one outcome. All texts are English and the keys of their translations."""

    several: str
    """Of some of several phones, with %n."""
    again: str
    """Of one phone that was to be sent its URL again."""
    approved: str = ""
    """Of one phone that was approved; "": the same."""
    moved: str
    """Of one phone that is at its other address now."""


WORDS: dict[SendResult, OutcomeWords] = {
    # What needs action comes first: the end of a long line is cut.
    SendResult.NO_URL: OutcomeWords(
        several=QT_TRANSLATE_NOOP(
            "Outcomes",
            "%n of them cannot be served: they do not send a value that their URL needs. F2 "
            "gives them another URL.",
        ),
        approved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} approved, but it cannot be served: it does not send a value that its URL "
            "needs. F2 gives it its own URL.",
        ),
        again=QT_TRANSLATE_NOOP(
            "Outcomes",
            "Nothing was sent to {phone}: it does not send a value that its URL needs. F2 "
            "gives it its own URL.",
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} is now at {address}, but it cannot be served: it does not send a value "
            "that its URL needs. F2 gives it its own URL.",
        ),
    ),
    SendResult.NOT_SENT: OutcomeWords(
        several=QT_TRANSLATE_NOOP(
            "Outcomes",
            "%n could not be sent their URL by this computer, which tries again for 32 s.",
        ),
        approved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} approved, but this computer could not send the URL. It tries again for 32 s.",
        ),
        again=QT_TRANSLATE_NOOP(
            "Outcomes",
            "This computer could not send the URL to {phone}. It tries again for 32 s.",
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} is now at {address}, but this computer could not send the URL there. It tries"
            " again for 32 s.",
        ),
    ),
    SendResult.OTHER_CONTENT: OutcomeWords(
        several=QT_TRANSLATE_NOOP("Outcomes", "%n do not accept a URL and were sent nothing."),
        approved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} approved, but nothing was sent: its request does not accept a URL (Accept "
            "header).",
        ),
        again=QT_TRANSLATE_NOOP(
            "Outcomes",
            "Nothing was sent to {phone}: its request does not accept a URL (Accept header).",
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} is now at {address}, but nothing was sent: its request does not accept a "
            "URL (Accept header).",
        ),
    ),
    SendResult.OK_AND_NOTIFY: OutcomeWords(
        several=QT_TRANSLATE_NOOP("Outcomes", "%n were answered in time."),
        approved=QT_TRANSLATE_NOOP("Outcomes", "{phone} approved and answered in time."),
        again=QT_TRANSLATE_NOOP("Outcomes", "{phone} was answered in time."),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is now at {address}, and its URL was sent there."
        ),
    ),
    SendResult.NOTIFY_ALONE: OutcomeWords(
        several=QT_TRANSLATE_NOOP(
            "Outcomes", "%n were sent their URL late, which not every phone accepts."
        ),
        approved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} approved. It had stopped waiting: the URL was sent anyway, but not every "
            "phone accepts it then.",
        ),
        again=QT_TRANSLATE_NOOP(
            "Outcomes",
            "The URL was sent to {phone} again. The phone had stopped waiting, so it may not "
            "accept it.",
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is now at {address}, and its URL was sent there."
        ),
    ),
    SendResult.NEVER_ASKED: OutcomeWords(
        several=QT_TRANSLATE_NOOP("Outcomes", "%n get their URL when they ask."),
        approved=QT_TRANSLATE_NOOP("Outcomes", "{phone} approved. It gets its URL when it asks."),
        again=QT_TRANSLATE_NOOP(
            "Outcomes", "Nothing was sent to {phone}. It gets its URL when it asks."
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is now at {address}. It gets its URL when it asks."
        ),
    ),
    SendResult.HELD_BACK: OutcomeWords(
        several=QT_TRANSLATE_NOOP(
            "Outcomes", "%n get their URL when others at their address have answered."
        ),
        approved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} approved. It gets its URL when other phones at its address have answered.",
        ),
        again=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} gets its URL when other phones at its address have answered."
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes",
            "{phone} is now at {address}. It gets its URL when other phones there have answered.",
        ),
    ),
    SendResult.NOT_APPROVED: OutcomeWords(
        several=QT_TRANSLATE_NOOP("Outcomes", "%n are not approved and were sent nothing."),
        again=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is not approved, so nothing was sent. {A} approves it."
        ),
        moved=QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is now at {address}. It is not approved, so nothing was sent."
        ),
    ),
}


OWN_URL = OutcomeWords(
    several=WORDS[SendResult.NO_URL].several,
    approved=QT_TRANSLATE_NOOP(
        "Outcomes",
        "{phone} approved, but it cannot be served: its own URL needs a value that it does not "
        "send. F2 gives it another URL.",
    ),
    again=QT_TRANSLATE_NOOP(
        "Outcomes",
        "Nothing was sent to {phone}: its own URL needs a value that it does not send. F2 "
        "gives it another URL.",
    ),
    moved=QT_TRANSLATE_NOOP(
        "Outcomes",
        "{phone} is now at {address}, but it cannot be served: its own URL needs a value that "
        "it does not send. F2 gives it another URL.",
    ),
)
"""Of one phone that has no URL, where the cause is its own."""

APPROVED = QT_TRANSLATE_NOOP("Outcomes", "%n phones approved.")
HAD_IT = QT_TRANSLATE_NOOP("Outcomes", "%n are already approved and were sent their URL.")
SNOMS_URL = QT_TRANSLATE_NOOP(
    "Outcomes", "%n have snom's own URL, though they are not snom phones: type yours at the top."
)


def words_of_one(sent: Sent, phone: Phone) -> OutcomeWords:
    """For what this one phone was sent."""
    result = next(iter(sent), SendResult.NEVER_ASKED)
    return OWN_URL if result is SendResult.NO_URL and phone.own_url else WORDS[result]


def approved(phones: list[Phone], new: int, sent: Sent, foreign: int = 0, left: str = "") -> str:
    """What approving these phones did. `new`: how many were not approved before; `foreign`: how
    many are of other makes, with snom's own URL; `left`: what is said of others that were left as
    they are."""
    had_it = len(phones) - sum(sent.values())
    # The end of a long line is cut.
    snom = joined(left, counted("Outcomes", SNOMS_URL, foreign))
    if len(phones) != 1:
        first = counted("Outcomes", APPROVED, new)
        return joined(first, snom, several(sent), counted("Outcomes", HAD_IT, had_it))
    if had_it:
        text = translate(
            "Outcomes", "{phone} is already approved and was sent its URL. {S} sends it again."
        )
        if not phones[0].asked:
            text = translate(
                "Outcomes",
                "{phone} is already approved and was sent its URL. It gets it again when it asks.",
            )
    else:
        words = words_of_one(sent, phones[0])
        text = translate("Outcomes", words.approved or words.again)
    return joined(text.format(phone=name(phones[0]), **letters()), snom)


def sent_again(phones: list[Phone], sent: Sent) -> str:
    if len(phones) != 1:
        return several(sent)
    text = translate("Outcomes", words_of_one(sent, phones[0]).again)
    return text.format(phone=name(phones[0]), **letters())


def by_address(mac: str) -> str:
    """What else an approved phone may need that does not name this MAC; "" for other makes."""
    make = make_without_mac(mac)
    if not make:
        return ""
    return translate(
        "Outcomes",
        "{make} phones send no MAC: if ARP has none either, the phone's row has its IP "
        "address. Approve that row.",
    ).format(make=make)


_DECIDED = {
    Decision.DENIED: (
        QT_TRANSLATE_NOOP("Outcomes", "{phone} denied. It gets no answer."),
        QT_TRANSLATE_NOOP("Outcomes", "%n phones denied. They get no answer."),
        QT_TRANSLATE_NOOP("Outcomes", "{phone} is already denied. It gets no answer."),
        QT_TRANSLATE_NOOP("Outcomes", "%n phones are already denied. They get no answer."),
    ),
    Decision.UNDECIDED: (
        QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is undecided again. It gets no answer until you approve it."
        ),
        QT_TRANSLATE_NOOP(
            "Outcomes",
            "%n phones are undecided again. They get no answer until you approve them.",
        ),
        QT_TRANSLATE_NOOP(
            "Outcomes", "{phone} is already undecided. It gets no answer until you approve it."
        ),
        QT_TRANSLATE_NOOP(
            "Outcomes",
            "%n phones are already undecided. They get no answer until you approve them.",
        ),
    ),
}
"""For one phone and for several that are so now, and for those that were so already."""


def decided(phones: list[Phone], decision: Decision, changed: int) -> str:
    """What denying these phones, or taking their decisions back, did. `changed`: to how many."""
    one, many, one_already, many_already = _DECIDED[decision]
    if len(phones) == 1:
        text = translate("Outcomes", one if changed else one_already)
        return text.format(phone=name(phones[0]))
    return counted("Outcomes", many, changed) or counted("Outcomes", many_already, len(phones))


def stay_denied(number: int) -> str:
    """Denied phones among those that were to be approved; "" for none."""
    return counted(
        "Outcomes",
        QT_TRANSLATE_NOOP(
            "Outcomes", "%n denied phones stay denied: select only these to approve them."
        ),
        number,
    )


def forgotten(number: int) -> str:
    return translate(
        "Outcomes", "%n phones forgotten. Those that ask again come back undecided.", number
    )


def count_selected(number: int) -> str:
    return translate("Outcomes", "%n selected", number)


def name(phone: Phone) -> str:
    """A phone in a sentence: its label, if it has one, and its MAC address."""
    if phone.label:
        return f"{phone.label} ({phone_text(phone)})"
    return phone_text(phone)


def several(sent: Sent) -> str:
    """A sentence for each outcome that any of several phones had."""
    each = (counted("Outcomes", words.several, sent.get(one, 0)) for one, words in WORDS.items())
    return joined(*each)


def counted(context: str, text: str, number: int) -> str:
    """A marked text about this number of phones; "" for none."""
    return translate(context, text, number) if number else ""


def joined(*sentences: str) -> str:
    """Those of the sentences that are not empty."""
    return " ".join(filter(None, sentences))
