"""The joins, case by case, on files small enough to read."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from relance.cadence.words import Kind
from relance.imports.area import Area
from relance.imports.linkedin.inspect import inspect, report
from relance.imports.linkedin.read import read_archive
from relance.imports.progress import Cancelled, Progress, Stage
from tests.imports.compose import compose
from tests.imports.stories import told

IN = "https://www.linkedin.com/in/"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
BARE_CONNECTIONS = "First Name,Last Name,Email Address,Company,Position,Connected On"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
M3 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
M4 = M3.replace("TO,", "TO,RECIPIENT PROFILE URLS,")
PROFILE = "First Name,Last Name,Headline,Summary,Industry"
ME, ZOE = "Nadège Fictive", "Zoé Exemplaire"


@contextmanager
def folder(path: Path, **files: list[list[str]]) -> Iterator[Area]:
    headers = {
        "connections": CONNECTIONS,
        "bare": BARE_CONNECTIONS,
        "invitations": INVITATIONS,
        "m3": M3,
        "m4": M4,
    }
    (path / "in").mkdir()
    for name, rows in files.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([headers.get(name, PROFILE).split(","), *rows])
        (path / "in" / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
    area = read_archive(path / "in", path / "area")
    try:
        yield area
    finally:
        area.wipe()


def said(path: Path, **files: list[list[str]]) -> dict[str, Any]:
    with folder(path, **files) as area:
        return report(area)


def connection(first: str, last: str, slug: str = "", on: str = "12 Mar 2026") -> list[str]:
    return [first, last, IN + slug, "", "", "", on] if slug else [first, last, "", "", "", on]


def message(
    sender: str, to: str, at: str, text: str, conversation: str = "c1", slugs: tuple[str, str] = ("", "")
) -> list[str]:
    urls = [IN + slug if slug else "" for slug in slugs]
    return [conversation, "", sender, urls[0], to, urls[1], f"2026-{at}:00 UTC", "", text, "INBOX"]


def me_to_zoe(at: str, text: str, conversation: str = "c1") -> list[str]:
    return message(ME, ZOE, at, text, conversation, ("nadege", "zoe"))


def zoe_to_me(at: str, text: str, conversation: str = "c1") -> list[str]:
    return message(ZOE, ME, at, text, conversation, ("zoe", "nadege"))


def invitation(to: str, at: str, note: str = "", slug: str = "", owner: str = "nadege") -> list[str]:
    return [ME, to, at, note, "OUTGOING", IN + owner if slug else "", IN + slug if slug else ""]


def test_a_message_of_the_very_day_comes_after_the_acceptance(tmp_path: Path) -> None:
    """Connected On says only the day: a message of that morning shows it was accepted before noon."""
    with folder(
        tmp_path,
        connections=[connection("Zoé", "Exemplaire", "zoe")],
        invitations=[invitation(ZOE, "3/10/26, 2:37 PM", slug="zoe")],
        m4=[me_to_zoe("03-12 08:10", "Bonjour")],
    ) as area:
        [(_, facts)] = area.histories()
        assert [(fact.kind, fact.at.hour) for fact in facts] == [
            (Kind.INVITATION_SENT, 14), (Kind.INVITATION_ACCEPTED, 8), (Kind.MESSAGE_SENT, 8),
        ]  # fmt: skip
        assert report(area)["accepted_and_never_messaged_after"] == []


def test_an_acceptance_is_at_noon_and_never_before_its_invitation(tmp_path: Path) -> None:
    with folder(
        tmp_path,
        connections=[connection("Zoé", "Exemplaire", "zoe"), connection("Hugo", "Fictif", "hugo")],
        invitations=[
            invitation(ZOE, "3/10/26, 2:37 PM", slug="zoe"),
            invitation("Hugo Fictif", "3/12/26, 6:05 PM", slug="hugo"),
        ],
    ) as area:
        accepted = [facts[-1] for _, facts in area.histories()]
        assert [fact.at for fact in accepted] == [
            datetime(2026, 3, 12, 12, tzinfo=UTC), datetime(2026, 3, 12, 18, 5, tzinfo=UTC),
        ]  # fmt: skip
        assert not accepted[0].exact


def test_what_was_said_before_the_acceptance_is_not_after_it(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        connections=[connection("Zoé", "Exemplaire", "zoe")],
        invitations=[invitation(ZOE, "3/10/26, 2:37 PM", slug="zoe")],
        m4=[me_to_zoe("01-12 08:10", "Un InMail")],
    )
    assert found["accepted_and_never_messaged_after"] == ["zoe"]
    assert found["never_replied"] == ["zoe"]


def test_without_connections_nobody_is_pending(tmp_path: Path) -> None:
    """Only the note's own row shows an acceptance then."""
    found = said(
        tmp_path,
        invitations=[
            invitation(ZOE, "3/10/26, 2:37 PM", "Bonjour Zoé", "zoe"),
            invitation("Hugo Fictif", "3/10/26, 2:37 PM", slug="hugo"),
        ],
        m4=[me_to_zoe("03-15 08:10", "Bonjour  Zoé")],
    )  # fmt: skip
    assert found["pending_outgoing"] == []
    assert found["accepted_outgoing"] == {"zoe": "2026-03-15"}
    assert found["left_out"] == {"connections_missing": 1}


def test_a_note_s_words_used_again_later_are_a_message(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        connections=[connection("Zoé", "Exemplaire", "zoe")],
        invitations=[invitation(ZOE, "3/10/26, 2:37 PM", "Bonjour Zoé", "zoe")],
        m4=[me_to_zoe("03-19 08:10", "Bonjour Zoé"), me_to_zoe("03-12 08:10", "Bonjour Zoé")],
    )
    assert found["accepted_and_never_messaged_after"] == []
    assert found["never_replied"] == ["zoe"]
    assert found["baseline"]["first_written_to"] == 1
    assert found["baseline"]["followed_up"] == 1


def test_homonyms_without_an_address_are_left_out_not_guessed(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        bare=[connection("Zoé", "Exemplaire"), connection("Zoé", "Exemplaire", on="01 Mar 2026")],
        invitations=[invitation(ZOE, "3/10/26, 2:37 PM", slug="zoe")],
    )
    assert (found["accepted_outgoing"], found["pending_outgoing"]) == ({}, [])
    assert found["left_out"] == {"ambiguous_name": 1}


def test_a_slug_less_invitation_finds_its_connection_by_name(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        connections=[connection("ZOÉ ", "Exemplaire", "zoe")],
        invitations=[
            invitation("Zoé  Exemplaire", "3/10/26, 2:37 PM"),
            invitation("Hugo Fictif", "3/10/26, 2:37 PM"),
        ],
    )
    assert found["accepted_outgoing"] == {"zoe": "2026-03-12"}
    assert found["pending_outgoing"] == ["name:hugo fictif"]


def test_recipients_without_addresses_are_told_apart_from_commas_in_names(tmp_path: Path) -> None:
    rows = [
        message(ME, "Hugo Fictif, PhD", "03-01 09:00", "Bonjour", "c1", ("nadege", "")),
        message("LinkedIn Member", f"{ME}, Zoé Exemplaire", "03-02 09:00", "À tous", "c2"),
        message(ME, "Karim Inventé, Inès Supposée", "03-03 09:00", "À deux", "c3", ("nadege", "")),
    ]
    found = said(
        tmp_path, m3=[[*row[:5], *row[6:]] for row in rows], profile=[["Nadège", "Fictive", "", "", ""]]
    )
    assert found["never_replied"] == ["name:hugo fictif, phd"]
    assert found["group_threads"] == 2


def test_a_single_conversation_needs_more_than_a_majority(tmp_path: Path) -> None:
    """Both are in it all: the one who is a connection is not the owner."""
    rows = [me_to_zoe("03-01 09:00", "Bonjour")]
    assert said(tmp_path, m4=rows)["left_out"] == {"owner_unknown": 1}
    (tmp_path / "b").mkdir()
    found = said(tmp_path / "b", m4=rows, connections=[connection("Zoé", "Exemplaire", "zoe")])
    assert found["owner_slug"] == "nadege"
    (tmp_path / "c").mkdir()
    assert (
        said(tmp_path / "c", m4=rows, profile=[["Nadège", "Fictive", "", "", ""]])["owner_slug"] == "nadege"
    )


def test_the_heaviest_sender_is_not_the_owner(tmp_path: Path) -> None:
    rows = [zoe_to_me(f"03-{n:02} 09:00", f"{n}") for n in range(28, 1, -1)]
    rows.append(message("Hugo Fictif", ME, "03-01 09:00", "Bonjour", "c2", ("hugo", "nadege")))
    assert said(tmp_path, m4=rows)["owner_slug"] == "nadege"


def test_nobody_can_be_followed_up_in_an_advertisement(tmp_path: Path) -> None:
    advert = message("Une Marque", ME, "03-01 09:00", "Bonjour %FIRSTNAME%", "c9", ("", "nadege"))
    answer = message(ME, "Une Marque", "03-02 09:00", "Non merci", "c9", ("nadege", ""))
    found = said(tmp_path, m4=[answer, advert, me_to_zoe("03-01 09:00", "Bonjour %FIRSTNAME%")])
    assert found["never_replied"] == ["zoe"]
    assert found["left_out"] == {"sponsored": 2}


def test_a_closed_account_keeps_its_conversation_while_a_row_shows_who_it_is(tmp_path: Path) -> None:
    closed = message("LinkedIn Member", ME, "03-02 09:00", "Oui", "c1", ("", "nadege"))
    other = message("Hugo Fictif", ME, "03-01 09:00", "Bonjour", "c2", ("hugo", "nadege"))
    found = said(tmp_path, m4=[closed, me_to_zoe("03-01 09:00", "Alors ?"), other])
    assert found["they_spoke_last"] == ["hugo", "zoe"]


def test_a_group_stays_one_when_its_members_hide(tmp_path: Path) -> None:
    rows = [
        [
            "c1", "", ME, IN + "nadege", "Zoé Exemplaire, LinkedIn Member", f"{IN}zoe,",
            "2026-03-01 09:00:00 UTC", "", "x", "INBOX",
        ],
        me_to_zoe("03-02 09:00", "Bonjour", "c2"),
        message("Hugo Fictif", ME, "03-01 09:00", "Bonjour", "c3", ("hugo", "nadege")),
    ]  # fmt: skip
    found = said(tmp_path, m4=rows)
    assert found["group_threads"] == 1
    assert found["left_out"] == {"group": 1}


def test_a_member_id_is_no_slug(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        connections=[connection("Zoé", "Exemplaire", "acoaafictif1")],
        invitations=[invitation("Autre Nom", "3/10/26, 2:37 PM", slug="ACoAAFictif1")],
    )
    assert found["pending_outgoing"] == ["ACoAAFictif1"]


def test_conversations_without_an_id_are_one_per_person(tmp_path: Path) -> None:
    rows = [
        me_to_zoe("03-03 09:00", "Merci", ""), zoe_to_me("03-02 09:00", "Oui", ""),
        me_to_zoe("03-01 09:00", "Alors ?", ""),
        message("Hugo Fictif", ME, "03-01 09:00", "Bonjour", "", ("hugo", "nadege")),
    ]  # fmt: skip
    found = said(tmp_path, m4=rows)
    assert found["i_spoke_last_after_a_reply"] == ["zoe"]
    assert found["they_spoke_last"] == ["hugo"]


def test_bad_rows_sink_nothing_and_say_where(tmp_path: Path) -> None:
    rows = [
        me_to_zoe("03-01 09:00", "Bonjour"),
        ["x"],
        me_to_zoe("99-01 09:00", "Bonjour"),
        me_to_zoe("03-02 09:00", ""),
    ]
    with folder(tmp_path, m4=rows, profile=[["Nadège", "Fictive", "", "", ""]]) as area:
        assert area.left_out() == {"bad_date": 1, "too_few_columns": 1}
        assert area.left_out_lines() == [("bad_date", "m4.csv", 4), ("too_few_columns", "m4.csv", 3)]
        assert [len(facts) for _, facts in area.histories()] == [2]


def test_the_address_book_only_suggests(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Connections.csv").write_text(
        f"{CONNECTIONS}\nZoé,Exemplaire,{IN}zoe,Z@example.org,,,12 Mar 2026"
    )
    (tmp_path / "in" / "Contacts.csv").write_text(
        'FullName,Emails,PhoneNumbers\nZoé Exemplaire,z2@example.org,"+33 6 00 00 00 00"\n'
    )
    area = read_archive(tmp_path / "in", tmp_path / "area")
    assert [(each.value, each.certain) for each in area.people()[0].addresses] == [
        ("z2@example.org", False), ("z@example.org", True), ("+33 6 00 00 00 00", False),
    ]  # fmt: skip
    area.wipe()


def test_progress_ends_at_the_bytes_it_promised_and_can_be_stopped(tmp_path: Path) -> None:
    archive = compose(tmp_path, told(40))
    heard: list[Progress] = []
    read_archive(archive, tmp_path / "area", heard=heard.append).wipe()
    assert heard[-1].stage is Stage.DONE
    assert heard[-1].bytes_read == heard[-1].bytes_total > 0
    assert heard[-1].steps_done == heard[-1].steps_total
    assert [each.bytes_read for each in heard] == sorted(each.bytes_read for each in heard)
    for after in (0, 3, 14):
        asked = iter([False] * after)
        with pytest.raises(Cancelled):
            read_archive(archive, tmp_path / "area", asked_to_stop=lambda asked=asked: next(asked, True))  # type: ignore[misc]
        assert not (tmp_path / "area").exists()


def test_no_export_comes_from_the_future(tmp_path: Path) -> None:
    archive = compose(tmp_path, told()).rename(tmp_path / "Basic_LinkedInDataExport_12-25-2030.zip")
    assert inspect(archive, scratch=tmp_path / "area")["export_date"] == "2030-12-25"
    now = datetime(2026, 6, 20, tzinfo=UTC)
    assert inspect(archive, scratch=tmp_path / "area", now=now)["export_date"] == "2026-06-13"
