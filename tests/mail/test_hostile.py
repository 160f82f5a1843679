"""Whatever comes in, `classify` answers, and soon: its time does not grow with what a message does."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.mail.incoming import Incoming, classify
from tests.mail import letters

WHOLE = [
    letters.letter(
        "Bonjour,\n\nOui.\n\nLe lun. 6 juil. 2026 à 09:12, Maud <maud@ormel.example> a écrit :\n> Bonjour\n"
    ),
    letters.html_letter("<p>Oui</p><blockquote>Bonjour</blockquote>"),
    letters.report(status="5.1.1", diagnostic="550 5.1.1 User unknown"),
    letters.alone(
        "Absente jusqu'au 17 juillet inclus.", "Réponse automatique : Un poste", Auto_Submitted="auto-replied"
    ),
]


def understood(raw: bytes) -> Incoming:
    came = classify(raw)
    assert came.why != "unreadable", raw[:200]
    return came


@given(st.binary(max_size=2_000))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_answered(raw: bytes) -> None:
    understood(raw)


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 30)), max_size=8),
)
@settings(max_examples=400, deadline=None)
def test_damaged_messages_are_answered(whole: bytes, wounds: list[tuple[float, bytes, int]]) -> None:
    for where, put, gone in wounds:
        at = int(where * len(whole))
        whole = whole[:at] + put + whole[at + gone :]
    understood(whole)


HEADERS = [
    "from",
    "to",
    "date",
    "subject",
    "references",
    "in-reply-to",
    "message-id",
    "content-type",
    "return-path",
]


@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=80)), st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_header_is_answered(fields: dict[str, str], body: str) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    understood(f"{head}\n{body}".encode("utf-8", "surrogatepass"))


def body(octets: bytes, kind: bytes = b"text/plain") -> bytes:
    return b"From: a@brume.example\nSubject: x\nContent-Type: " + kind + b"\n\n" + octets


def nested(depth: int) -> bytes:
    level = b"Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n"
    return b"".join(level % (each, each) for each in range(depth)) + b"\n" * 50_000


HOSTILE = {
    "On, spaces, wrote": body(b"On" + b" " * 50_000 + b"wrote"),
    "20,000 lines of On": body(b"On 12 May 2020 somebody\n" * 20_000),
    "dashes": body(b"-" * 50_000),
    "rules": body(b"-----\n" * 20_000),
    "quotes": body(b"> a\nOn 3 May 2020 a\n" * 20_000),
    "addresses": body(b"a@" * 60_000),
    "headers in the text": body(b"From: a@b.example\n" * 30_000),
    "angle brackets": body(b"<" * 200_000, b"text/html"),
    "divisions": body(b"<div>" * 40_000, b"text/html"),
    "comments": body(b"<!--" * 50_000, b"text/html"),
    "scripts": body(b"<script" * 30_000, b"text/html"),
    "nested parts": nested(3_000),
    "nested messages": b"Content-Type: message/rfc822\n\n" * 5_000,
    "many headers": b"X: y\n" * 200_000,
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx",
    "parentheses": b"From: " + b"(" * 100_000 + b"\n\nx",
    "recipients": b"To: " + b"a@b.example, " * 100_000 + b"\n\nx",
    "references": b"References: " + b"<" * 100_000 + b"\n\nx",
    "empty lines": body(b"\n" * 5_000_000),
    "zeros": b"\0" * 5_000_000,
    "boundaries": body(b"--b" * 1_000_000, b"multipart/mixed; boundary=b"),
    "codes": b"From: MAILER-DAEMON@x.example\n\n" + b"550 a@b.c the host the user mailbox \n" * 6_000,
    "absences": letters.alone("je suis absent jusqu'au du 1 au 2 au " * 4_000, "Absence"),
    "letters that fold into many": body("\ufdfa\u0130\u00df".encode() * 30_000),
    "a charset that is none": body(b"xn--" * 100_000, b"text/plain; charset=punycode"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_message_takes_no_longer_than_two_seconds(raw: bytes) -> None:
    begun = time.process_time()
    understood(raw)
    assert time.process_time() - begun < 2


def test_time_does_not_grow_with_what_is_past_the_bounds() -> None:
    def taken(lines: int) -> float:
        raw = body(b"On 12 May 2020 somebody said that the host\n" * lines)
        begun = time.process_time()
        understood(raw)
        return time.process_time() - begun

    taken(10)
    assert taken(100_000) < 10 * max(taken(4_000), 0.02)


def test_what_the_standard_library_stumbles_over_is_read() -> None:
    came = understood(body("Été".encode("latin-1"), b"text/plain; charset=x-nobody-knows"))
    assert came.reply_text == "Été"
    assert understood(b"Message-ID: <[>\nDate: Mon, 99 Foo 2026\n\nOui").reply_text == "Oui"
