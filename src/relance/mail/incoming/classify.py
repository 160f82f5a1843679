"""What a message that came in is. The order is the point: the first room that knows it keeps it.

Complaint, standard report, other bounce, challenge, opt-out by a person, automatic reply, list or
notice, person. Nothing here raises, reads a clock or a table, or takes longer the more hostile its input.
"""

from dataclasses import dataclass, replace
from datetime import date

from relance.mail import threads
from relance.mail.incoming import bounces, dates, fields, html, linkedin, people, robots, rulebook
from relance.mail.incoming.folding import bounded, flat
from relance.mail.incoming.mime import Headers, Letter, Part, headers_in, opened
from relance.mail.incoming.quotes import newly_written
from relance.mail.incoming.words import Cause, Incoming, Kind

_MOST_IDS = 40
_PARENT = ("x-ms-exchange-parent-message-id",)


def classify(raw: bytes) -> Incoming:
    """Understand a message (RFC 5322, with or without the "From " line of an mbox). Never raises."""
    try:
        return _understood(opened(raw))
    except Exception:  # whatever a message does, the mailbox goes on being read; it is shown as a person's
        return Incoming(Kind.HUMAN, "unreadable", rulebook.VERSION)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The text parts of the outer message, and what was newly written in the first."""

    plain: list[str]
    written: str
    quotes: bool


def _understood(letter: Letter) -> Incoming:
    headers = letter.headers
    texts = _texts(letter)
    known = _envelope(headers)
    known = replace(known, reply_text=texts.written)
    said = robots.Said(letter, flat(known.subject), known.sender, flat(texts.written), texts.quotes)
    matter = linkedin.of_linkedin(
        known.sender,
        known.subject,
        known.sender_name,
        f"{headers.get('x-linkedin-class')} {headers.get('x-linkedin-template')}",
    )
    about_us = bounces.complaint(letter, said.subject)
    if about_us is not None:
        kind = Kind.COMPLAINT if about_us else Kind.LIST_OR_NOTIFICATION
        return _returning(replace(known, kind=kind, why="feedback_report"), letter)
    told = (
        None
        if matter
        else bounces.undelivered(letter, known.subject, known.sender, known.sender_name, texts.plain)
    )
    if told is not None and told.kind is not Kind.LIST_OR_NOTIFICATION:
        bounced = replace(
            known,
            kind=told.kind,
            why=told.why,
            cause=told.cause,
            status=told.status,
            recipients=told.recipients,
        )
        return _returning(bounced, letter)
    if matter:
        return replace(
            known, kind=Kind.LIST_OR_NOTIFICATION, why="linkedin", linkedin=matter[0], linkedin_name=matter[1]
        )
    if told is not None:
        return _returning(replace(known, kind=told.kind, why=told.why), letter)
    return _spoken(known, said, letter, texts)


def _spoken(known: Incoming, said: robots.Said, letter: Letter, texts: _Texts) -> Incoming:
    """What is neither complaint nor bounce: from the filter in the middle to the person."""
    why = robots.challenge(said)
    if why:
        held = replace(known, kind=Kind.CHALLENGE, why=f"challenge:{why}")
        return replace(_returning(held, letter), recipients=_challenged(known, texts))
    automatic = robots.automatic(said)
    spoken_by_machine = automatic in {"auto_submitted", "words_of_a_machine"} or automatic.startswith(
        "header"
    )
    stop = people.asks_to_stop(known.subject, texts.written)
    if stop and (stop == "subject" or not spoken_by_machine) and not robots.is_robot(said):
        return replace(known, kind=Kind.UNSUBSCRIBE, why=f"opt_out:{stop}")
    if automatic:
        return _absent(replace(known, kind=Kind.AUTO_REPLY, why=automatic), said, letter.headers)
    noticed = robots.notice(said)
    if noticed:
        return replace(known, kind=Kind.LIST_OR_NOTIFICATION, why=noticed)
    return replace(known, kind=Kind.HUMAN, why="person")


def _absent(known: Incoming, said: robots.Said, headers: Headers) -> Incoming:
    left, moved = robots.has_left(said), robots.has_moved(said)
    cause = Cause.LEFT_COMPANY if left else Cause.MOVED if moved else Cause.NONE
    sent_on = _sent_on(known, headers)
    back: date | None = None
    if sent_on is not None and known.why != "read_receipt":
        back = dates.of_apple(headers.get("x-apple-criteria"), sent_on)
        back = back or dates.return_day(f"{said.subject} . {said.text}", sent_on)
    away = known.why != "read_receipt" and (back is not None or robots.is_away(said)) and not left
    return replace(known, away=away, left_company=left, cause=cause, return_date=None if left else back)


def _sent_on(known: Incoming, headers: Headers) -> date | None:
    """The sender's own day on which it was sent: the Date header, else the last server's line."""
    at = known.sent_at or fields.received_at(headers)
    return at.date() if at else None


def _envelope(headers: Headers) -> Incoming:
    people_from = fields.addresses(headers.all("from")[:1]) or fields.addresses(headers.all("sender")[:1])
    name, sender = people_from[0] if people_from else ("", "")
    reply_to = fields.addresses(headers.all("reply-to")[:1])
    addressed = fields.arrived_at(headers)
    references = threads.ids_in(*headers.all("references"))[-_MOST_IDS:]
    answered = [
        *threads.ids_in(*(headers.get(each) for each in _PARENT)),
        *threads.ids_in(*headers.all("in-reply-to"))[:_MOST_IDS],
        *reversed(references),
    ]
    ids = threads.ids_in(*headers.all("message-id")[:1])
    return Incoming(
        Kind.HUMAN,
        "person",
        rulebook.VERSION,
        in_reply_to=tuple(dict.fromkeys(answered)),
        message_id=ids[0] if ids else "",
        references=tuple(references),
        sender=sender,
        sender_name=name,
        reply_to=reply_to[0][1] if reply_to else "",
        addressed_to=addressed,
        subject=robots.decoded_subject(headers)[:500],
        sent_at=fields.sent_at(headers),
        tokens=tuple(dict.fromkeys(threads.tokens_in(addressed))),
    )


def _texts(letter: Letter) -> _Texts:
    """The text parts of the outer message in order; HTML only where nothing plain is written."""
    outer = [part for part in letter.parts if part.depth == 0 and not part.is_attached]
    plain = [part.text() for part in outer[:20] if part.kind in {"text/plain", "text"}]
    first = next((text for text in plain if text.strip()), "")
    if not first:
        source = next((part.text() for part in outer if part.kind == "text/html"), "")
        first = html.as_text(source)
        plain = [first]
    if not any(text.strip() for text in plain):
        plain = [part.text() for part in outer if part.kind.startswith("text/")][:3]
    written = newly_written(first)
    return _Texts(plain, written, len(first.strip()) > len(written) + 20)


def _returned(letter: Letter) -> list[Headers]:
    """The headers of the message that a notice returns, from its parts, else from its text."""
    found: list[Headers] = []
    for part in letter.parts:
        if part.kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            found.append(headers_in(bounded(part.octets[:60_000].decode("utf-8", "replace")).lstrip("\n")))
        elif part.kind == "message/delivery-status" or (part.depth == 0 and part.kind.startswith("text/")):
            found.append(headers_in(_unindented(part)))
    return found


def _unindented(part: Part) -> str:
    return "\n".join(line.lstrip("> \t") if ":" in line[:60] else line for line in part.text().split("\n"))


def _returning(known: Incoming, letter: Letter) -> Incoming:
    """With the ids and tokens of the message that it returns, which come before all others."""
    names = ("message-id", "x-original-message-id", "original-message-id")
    returned = _returned(letter)
    found = [value for headers in returned for name in names for value in headers.all(name)]
    ids = threads.ids_in(*(value if "<" in value else f"<{value.strip()}>" for value in found))
    ids = [each for each in ids if each != known.message_id][:_MOST_IDS]
    senders = [
        value
        for headers in returned
        for name in ("reply-to", "from", "return-path", "sender", "x-postfix-sender", "original-mail-from")
        for value in headers.all(name)
    ]
    tokens = tuple(dict.fromkeys(threads.tokens_in(senders)))
    return replace(
        known, in_reply_to=tuple(dict.fromkeys([*ids, *known.in_reply_to])), returned_tokens=tokens
    )


def _challenged(known: Incoming, texts: _Texts) -> tuple[str, ...]:
    """Whom a filter stands for: an address in its words that is neither ours nor its own."""
    ours = {*known.addressed_to, known.sender}
    domain = known.sender.partition("@")[2]
    found = [known.reply_to, *fields.addresses_in(" ".join(texts.plain)[:6_000])]
    return tuple(
        dict.fromkeys(each for each in found if each and each not in ours and not each.endswith(domain))
    )[:3]
