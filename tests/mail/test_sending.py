"""One message over SMTP: what may be believed afterwards, on a real server."""

import socket
import threading
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.mail.addresses import BadAddress
from relance.mail.compose import Letter, compose
from relance.mail.sending import Fault, Login, Security, Server, Told, Unreachable, carrier
from relance.mail.threads import bare_subject, ids_in, new_message_id, plus_address, replying, tokens_in
from tests.mail_servers import header, post
from tests.serving import free_port

AT = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def letter(**changed: object) -> Letter:
    values = {
        "sender_name": "Maud Kéravel", "sender": "maud@ormel.example", "to_name": "Inès Aubrac",
        "to": "ines@exemple.example", "subject": "Un poste à Nantes", "text": "Bonjour Inès,\n\nÀ bientôt.\n.\nMaud",
        "message_id": "<un@ormel.example>", "sent_at": AT,
    }  # fmt: skip
    return Letter(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "told", "kept"),
    [
        ("ines@exemple.example", Told.SENT, 1),
        ("inconnu@exemple.example", Told.REFUSED, 0),
        ("plus-tard@exemple.example", Told.LATER, 0),
        ("refuse@exemple.example", Told.REFUSED, 0),
        ("coupe@exemple.example", Told.UNSURE, 1),
    ],
)
def test_what_is_believed(to: str, told: Told, kept: int) -> None:
    with post() as server, carrier(server.server, Login("", "")) as open_carrier:
        outcome = open_carrier.send("maud@ormel.example", to, compose(letter(to=to)))
        assert outcome.told is told
        assert len(server.kept) == kept


def test_a_refusal_does_not_spoil_the_next_one() -> None:
    with post() as server, carrier(server.server, Login("", "")) as open_carrier:
        for to in (
            "inconnu@exemple.example",
            "ines@exemple.example",
            "refuse@exemple.example",
            "lea@exemple.example",
        ):
            open_carrier.send("maud@ormel.example", to, compose(letter(to=to)))
        assert [one.recipients for one in server.kept] == [["ines@exemple.example"], ["lea@exemple.example"]]


def test_the_message_arrives_as_it_was_composed() -> None:
    with post() as server, carrier(server.server, Login("", "")) as open_carrier:
        raw = compose(letter(in_reply_to="<a@b.example>", references=("<a@b.example>",)))
        open_carrier.send("maud@ormel.example", "ines@exemple.example", raw)
    kept = BytesParser(policy=policy.default).parsebytes(server.kept[0].raw)
    assert kept["Message-ID"] == "<un@ormel.example>"
    assert kept["In-Reply-To"] == "<a@b.example>"
    assert kept["From"].addresses[0].display_name == "Maud Kéravel"
    plain = kept.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == "Bonjour Inès,\n\nÀ bientôt.\n.\nMaud\n"
    rich = kept.get_body(("html",))
    assert rich is not None
    assert "<p>Bonjour Inès,</p>" in rich.get_content()


def test_nobody_there_and_nobody_speaking() -> None:
    nobody = Server("127.0.0.1", free_port(), Security.NONE)
    with pytest.raises(Unreachable) as told, carrier(nobody, Login("", "")):
        pass
    assert told.value.fault is Fault.NO_SERVER
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = Server("127.0.0.1", mute.getsockname()[1], Security.NONE)
        with pytest.raises(Unreachable) as told, carrier(silent, Login("", ""), timeout=0.3):
            pass
    assert told.value.fault in {Fault.SILENT, Fault.NO_SERVER}


def test_in_clear_to_this_machine_alone() -> None:
    away = Server("mail.ormel.example", 25, Security.NONE)
    with pytest.raises(Unreachable) as told, carrier(away, Login("", "")):
        pass
    assert told.value.fault is Fault.IN_CLEAR


def test_a_server_without_encryption_is_told_nothing() -> None:
    with post() as server:
        wants = Server("127.0.0.1", server.port, Security.STARTTLS)
        with pytest.raises(Unreachable) as told, carrier(wants, Login("maud", "secret")):
            pass
        assert told.value.fault is Fault.ENCRYPTION
        assert server.kept == []


def test_hung_up_in_the_middle_is_for_later_not_unsure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def rude() -> None:
            connection, _peer = listener.accept()
            connection.sendall(b"220 here\r\n")
            connection.recv(1000)
            connection.sendall(b"250 here\r\n")
            connection.recv(1000)
            connection.close()

        thread = threading.Thread(target=rude)
        thread.start()
        there = Server("127.0.0.1", listener.getsockname()[1], Security.NONE)
        with carrier(there, Login("", ""), timeout=5) as open_carrier:
            assert open_carrier.send("a@b.example", "c@d.example", b"x").told is Told.LATER
        thread.join()


@given(st.text(max_size=200))
def test_no_text_adds_a_header(text: str) -> None:
    raw = compose(letter(subject=text, sender_name=text, to_name=text, text=text))
    assert header(raw, "Bcc") == ""
    parsed = BytesParser(policy=policy.default).parsebytes(raw)
    assert parsed["Message-ID"] == "<un@ormel.example>"
    assert set(parsed.keys()) <= {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
    }


def test_one_click_needs_an_address_that_takes_it() -> None:
    both = compose(
        letter(unsubscribe_url="https://r.example/non/abc/", unsubscribe_mail="m+r-a@ormel.example")
    )
    assert header(both, "List-Unsubscribe") == (
        "<https://r.example/non/abc/>, <mailto:m+r-a@ormel.example?subject=stop>"
    )
    assert header(both, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    mail_only = compose(letter(unsubscribe_mail="m@ormel.example"))
    assert header(mail_only, "List-Unsubscribe-Post") == ""


@pytest.mark.parametrize(
    "to", ["", "rien", "a b@c.example", "é\r\nBcc: x@y.example", "léa@c.example", f"x@{'é' * 80}.example"]
)
def test_no_address_no_message(to: str) -> None:
    with pytest.raises(BadAddress):
        compose(letter(to=to))


def test_headers_are_as_short_and_as_long_as_they_may_be() -> None:
    chain = tuple(f"<{n}{'a' * 180}@ormel.example>" for n in range(12))
    raw = compose(
        letter(
            subject="Une ingénieure pour l’équipe de Nantes, à mi-temps si vous le voulez ainsi " * 3,
            to_name="Anne-Sophie de La Rochère-Évrard, directrice des systèmes d’information de Brume",
            to="anne@ormél.example",
            references=chain,
            in_reply_to=chain[0],
        )
    )
    lines = raw.split(b"\r\n")
    assert raw.isascii()
    assert max(map(len, lines)) <= 998
    assert [line for line in lines if b"=?utf-8?" in line and len(line) > 78] == [], "RFC 2047, 2"
    assert b"In-Reply-To: " + chain[0].encode() in lines, "an id stands on the line of its name"
    parsed = BytesParser(policy=policy.default).parsebytes(raw)
    assert parsed["To"].addresses[0].addr_spec == "anne@xn--orml-dpa.example"
    assert parsed["To"].addresses[0].display_name.endswith("d’information de Brume")
    assert str(parsed["References"]).split() == list(chain)


def test_ids_tokens_and_subjects() -> None:
    first, second = new_message_id("maud@ormél.example"), new_message_id("maud@ormel.example")
    assert first != second
    assert first.isascii()
    assert ids_in(f"Your message of Monday {first}", f"{second} {first}") == [first, second]
    token = tokens_in([plus_address("maud@ormel.example", "abcdefgh23456777")])
    assert token == ["abcdefgh23456777"]
    assert tokens_in(["maud@ormel.example", "maud+liste@ormel.example"]) == []
    assert bare_subject("RE : Tr: Re[2]: Un poste  à Nantes") == "un poste à nantes"
    assert bare_subject("Retour de congés") == "retour de congés"
    assert replying("Re: RE : Un poste") == "Re: Un poste"
