"""A pasted mail or profile: who it is and how to reach them, and nothing that is somebody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.imports.pasted import understand

MAIL = """From: Karim BEN SALAH <karim.bensalah@mail.example>
To: Maud Keravel <maud@ormel.example>
Subject: Re: Candidature pour le poste de développeur Go
Date: Tue, 10 Mar 2026 09:12:00 +0100

Bonjour Maud,

Je vous écris depuis maud@ormel.example... non, depuis chez moi.
"""


def test_a_mail_with_its_header() -> None:
    found = understand(MAIL, ours={"maud@ormel.example"})
    assert (found.name, found.mails, found.purpose) == (
        "Karim Ben Salah", ("karim.bensalah@mail.example",), "développeur Go",
    )  # fmt: skip
    assert found.sent_at is not None
    assert found.sent_at.isoformat() == "2026-03-10T09:12:00+01:00"
    assert found.body.startswith("Bonjour Maud,")


def test_the_signature_says_who_wrote() -> None:
    found = understand(
        "Bonjour,\n\nVotre annonce me plaît.\n\nBien à vous\nJeanne Vauclair\nTél. 06.39.98.77.66"
    )
    assert (found.name, found.phones) == ("Jeanne Vauclair", ("+33639987766",))


def test_a_profile_says_what_they_do_and_where() -> None:
    text = "Inès Aubrac\nDéveloppeuse back-end chez Solvane\nLyon\nhttps://fr.linkedin.com/in/in%C3%A8s-aubrac?trk=x"
    found = understand(text)
    assert (found.name, found.role, found.company) == ("Inès Aubrac", "Développeuse back-end", "Solvane")
    assert found.profile == "in%C3%A8s-aubrac"


@pytest.mark.parametrize(
    "text",
    ["SIRET 123 456 789 00012, annonce 2024-12-31", "Facture 2026 03 10 1234", "Réf. 1 234 567 890"],
)
def test_a_number_is_not_a_phone(text: str) -> None:
    assert understand(text).phones == ()


def test_a_form_says_its_fields() -> None:
    found = understand("Nom : VAUCLAIR\nPrénom : Jeanne\nTéléphone : +33 6 39 98 00 11\nEmail : j@v.example")
    assert (found.name, found.phones, found.mails) == ("Jeanne Vauclair", ("+33639980011",), ("j@v.example",))


def test_a_greeting_is_nobodys_name() -> None:
    assert understand("Bonjour Madame Keravel\n\nMerci Beaucoup").name == ""


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read(text: str) -> None:
    found = understand(text)
    assert len(found.mails) <= 3
    assert len(found.phones) <= 3
