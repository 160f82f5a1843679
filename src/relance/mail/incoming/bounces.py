"""Whether a message says that another was not delivered (RFC 3464, and what came before it)."""

import re
from dataclasses import dataclass

from relance.mail.incoming import fields, rulebook
from relance.mail.incoming.folding import flat, folded
from relance.mail.incoming.mime import Headers, Letter, Part, headers_in
from relance.mail.incoming.verdicts import Verdict, verdict
from relance.mail.incoming.words import Cause, Kind

_MOST_TEXT = 12_000
_ACTION = re.compile(r"\b(failed|delayed|delivered|relayed|expanded|failure|delay)\b", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_TYPED = re.compile(r"^\s*[\w/-]{1,40}\s*;\s*")
_PERSON = re.compile(
    r"\?(?:\s|$)|\A\W*(?:hi|hello|hey|dear|bonjour|bonsoir|salut|cher|chere|hallo|hola|ciao)\b"
)


@dataclass(frozen=True, slots=True)
class Undelivered:
    kind: Kind
    why: str
    cause: Cause
    status: str
    recipients: tuple[str, ...]


def undelivered(letter: Letter, subject: str, sender: str, name: str, texts: list[str]) -> Undelivered | None:
    """What a notice of a mail server says; None when the message is no such notice."""
    reports = [part for part in letter.parts if "delivery-status" in part.kind and part.depth == 0]
    shaped = "delivery-status" in letter.parameters.get("report-type", "").lower()
    said = before_copy("\n".join(texts))
    if reports or (shaped and letter.kind == "multipart/report"):
        return _reported(letter, reports, flat(subject), said)
    why = suspicion(letter, flat(subject), sender, flat(name), said)
    return _told(letter, flat(subject), said, why) if why else None


def complaint(letter: Letter, subject: str) -> bool | None:
    """Whether an abuse report (RFC 5965) complains; None when the message is no such report.

    A receiver that reports a failed authentication complains of nobody.
    """
    if letter.kind == "multipart/report" and "feedback" in letter.parameters.get("report-type", "").lower():
        reports = [part.text() for part in letter.parts if part.kind == "message/feedback-report"]
        kinds = " ".join(headers_in(text).get("feedback-type").lower() for text in reports)
        return not rulebook.pattern("bounces", "complaints", "others").search(kinds)
    returns = any(part.kind == "message/rfc822" for part in letter.parts)
    return True if returns and rulebook.pattern("bounces", "complaints", "subjects").search(subject) else None


def _groups(reports: list[Part]) -> list[Headers]:
    """The fields of each recipient, the message's own left out."""
    found = [headers_in(block) for part in reports for block in re.split(r"\n\s*\n", part.text()[:40_000])]
    named = [
        group
        for group in found
        if any(name in group for name in ("final-recipient", "original-recipient", "action", "status"))
    ]
    return named[:200]


def _address(group: Headers) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        mails = fields.addresses_in(_TYPED.sub("", group.get(name)))
        if mails and not mails[0].startswith("@"):
            return mails[0]
    return ""


def _action(group: Headers) -> str:
    found = _ACTION.search(group.get("action"))
    if found:
        word = found.group(1).lower()
        return {"failure": "failed", "delay": "delayed"}.get(word, word)
    return {"2": "delivered", "4": "delayed"}.get(group.get("status").strip()[:1], "failed")


def _reported(letter: Letter, reports: list[Part], subject: str, said: str) -> Undelivered | None:
    groups = _groups(reports)
    actions = [_action(group) for group in groups]
    if not groups:
        return _told(letter, subject, said, "report_without_fields")
    failed = [group for group, action in zip(groups, actions, strict=True) if action == "failed"]
    if not failed and "delayed" not in actions:
        return Undelivered(
            Kind.LIST_OR_NOTIFICATION, "delivered", Cause.NONE, groups[0].get("status")[:10], ()
        )
    chosen = failed or [group for group, action in zip(groups, actions, strict=True) if action == "delayed"]
    recipients = tuple(dict.fromkeys(mail for mail in map(_address, chosen) if mail))
    first = chosen[0]
    found = _STATUS.search(first.get("status"))
    status = found.group(1) if found else ""
    told = [
        *first.all("diagnostic-code"),
        *first.all("x-supplementary-info"),
        first.get("status")[len(status) :],
    ]
    says = " ".join(_TYPED.sub("", each) for each in told).strip()
    deciding = verdict(status, says, said)
    if not failed:
        return Undelivered(Kind.DELAY, "report_delayed", deciding.cause, deciding.status, recipients)
    return _weighed(deciding, "report", recipients or _known_recipients(letter, said))


def _weighed(deciding: Verdict, why: str, recipients: tuple[str, ...]) -> Undelivered:
    kind = Kind.BOUNCE_HARD if deciding.dead else Kind.BOUNCE_SOFT
    return Undelivered(kind, f"{why}:{deciding.why}", deciding.cause, deciding.status, recipients)


def suspicion(letter: Letter, subject: str, sender: str, name: str, said: str) -> str:
    """Why a message without a standard report is taken for a notice of a mail server; empty when it is not."""
    local = sender.partition("@")[0]
    bounces = rulebook.pattern("bounces", "text", "bounce")
    by_subject = bool(rulebook.pattern("bounces", "subjects", "bounce").search(subject))
    by_subject = by_subject or bool(rulebook.pattern("bounces", "subjects", "delay").search(subject))
    daemon = bool(rulebook.pattern("bounces", "senders", "daemons").search(local)) or not (sender or name)
    named = bool(rulebook.pattern("bounces", "senders", "names").search(name))
    if letter.headers.get("x-failed-recipients"):
        return "failed_recipients"
    if "Pre Content Filter Agent" in letter.headers.get("x-ms-exchange-generated-message-source"):
        return "content_filter"
    answers = bool(letter.headers.get("in-reply-to")) and not (daemon or named)
    empty_path = letter.headers.get("return-path").strip() == "<>"
    text = bool(bounces.search(said))
    delays = bool(rulebook.pattern("bounces", "text", "delay").search(said))
    if (daemon or named) and (by_subject or text or delays):
        return "daemon"
    if rulebook.pattern("bounces", "senders", "certain").search(local):
        return "mailer_daemon"
    answered = subject.startswith(("re:", "fw", "tr:")) or answers or said.lstrip().startswith(">")
    if by_subject and (text or delays) and not answered and _by_machine(letter, sender, said):
        return "subject_and_text"
    if empty_path and by_subject:
        return "empty_path"
    if (
        text
        and not answered
        and any(part.kind == "message/rfc822" for part in letter.parts)
        and _from_robot(local)
    ):
        return "returned_message"
    return "known_beginning" if said and _begins_as_notice(said) and not answers else ""


def _by_machine(letter: Letter, sender: str, said: str) -> bool:
    """Whether the words may be a server's whose name says nothing: people, on lists too, write about bounces."""
    if _begins_as_notice(said) or not sender:
        return True
    if _PERSON.search(said):
        return False
    if any(part.kind == "message/rfc822" for part in letter.parts):
        return True
    if any(name in letter.headers for name in ("list-id", "list-post", "x-mailing-list")):
        return False
    return bool(fields.addresses_in(said[:_MOST_TEXT])) or bool(_STATUS.search(said))


def _from_robot(local: str) -> bool:
    return bool(rulebook.pattern("automatic", "notices", "robots").search(local))


def _begins_as_notice(said: str) -> bool:
    return bool(rulebook.pattern("bounces", "text", "beginnings").search(said[:400]))


def _told(letter: Letter, subject: str, said: str, why: str) -> Undelivered:
    """A notice read from its words."""
    found = _STATUS.search(said)
    deciding = verdict("", "", said, fallback=found.group(1) if found else "", subject=subject)
    recipients = _known_recipients(letter, said)
    if why == "content_filter":
        return Undelivered(Kind.BOUNCE_SOFT, why, Cause.CONTENT, deciding.status, recipients)
    late = rulebook.pattern("bounces", "text", "delay").search(said)
    late_subject = rulebook.pattern("bounces", "subjects", "delay").search(subject)
    over = rulebook.pattern("bounces", "text", "over").search(said)
    if (late_subject and not over) or (late and not over and not deciding.status.startswith("5")):
        return Undelivered(Kind.DELAY, f"{why}:delayed", deciding.cause, deciding.status, recipients)
    return _weighed(deciding, why, recipients)


def _known_recipients(letter: Letter, said: str) -> tuple[str, ...]:
    """Who did not get it: Exim's and Gmail's header, else the addresses in the notice that are not our own."""
    headed = fields.addresses_in(" ".join(letter.headers.all("x-failed-recipients")))
    if headed:
        return tuple(headed)
    ours = set(fields.arrived_at(letter.headers))
    daemons = rulebook.pattern("bounces", "senders", "daemons")
    sender = {mail for _, mail in fields.addresses(letter.headers.all("from"))}
    return tuple(
        mail
        for mail in fields.addresses_in(said[:_MOST_TEXT])
        if mail not in ours | sender and not daemons.search(mail.partition("@")[0])
    )[:5]


def before_copy(text: str) -> str:
    """The notice itself, folded: without the copy of our message that follows it."""
    said = folded(text[: _MOST_TEXT * 2])[:_MOST_TEXT]
    for found in rulebook.pattern("bounces", "text", "returned").finditer(said):
        if found.start() > 60:
            return said[: found.start()]
    return said
