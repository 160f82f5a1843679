"""The day on which somebody is back: right, or none."""

import pytest

from relance.mail.incoming import Kind, classify
from tests.mail.letters import alone

# All sent on Monday 6 July 2026.
SAID = [
    ("Je suis absent jusqu'au 17 juillet inclus.", "2026-07-18"),
    ("Je suis absent jusqu’au 17 juillet (inclus).", "2026-07-18"),
    ("Je suis absente du 24 juillet au 24 août.", "2026-08-24"),
    ("Absente jusqu'au 30 du mois.", "2026-07-30"),
    ("En congés du 12 au 25 août. De retour le 26.", "2026-08-26"),
    ("Absent jusqu'au 07/08.", "2026-08-07"),
    ("De retour lundi 13 juillet.", "2026-07-13"),
    ("Je serai de retour le lundi 20/07/2026.", "2026-07-20"),
    ("Je serai de retour au bureau le 20 à 14h.", "2026-07-20"),
    ("Nous revenons le lundi 3 août.", "2026-08-03"),
    ("Fermé du 1er au 15 août inclus.", "2026-08-16"),
    ("En formation jusqu'à jeudi.", "2026-07-09"),
    ("Nous répondrons à partir du 17 août.", "2026-08-17"),
    ("Retour le 1er septembre.", "2026-09-01"),
    ("du lundi 13 juillet 2026 au vendredi 24 juillet 2026 inclus", "2026-07-25"),
    ("I will be out from July 7th to July 21st, returning July 22nd.", "2026-07-22"),
    ("I'm back on Wednesday, July 15th.", "2026-07-15"),
    ("Out of the office until Monday.", "2026-07-13"),
    ("I am on leave until March 2027.", "2027-03-01"),
    ("Back 7/20.", "2026-07-20"),
    ("Back on 2026-07-20.", "2026-07-20"),
    ("Ich bin bis zum 17.07.2026 nicht im Büro.", "2026-07-17"),
    ("Estoy fuera hasta el 17 de julio.", "2026-07-17"),
]
NOT_SAID = [
    "Je suis absente, appelez le 01 23 45 67 89.",
    "Absente jusqu'à nouvel ordre.",
    "Absent jusqu'au 5 juillet.",
    "Je reviens le 20 juillet 2028.",
    "Back on 10/03.",
    "Out of office until July 4.",
    "Nous sommes ouverts du lundi au vendredi de 9h à 18h.",
    "Open from Monday to Friday, 9 to 5.",
    "I will respond after 14:00.",
    "Merci de votre message du 2 juillet.",
    "Absent jusqu'au 31 février.",
    "",
]


def back(text: str, **headers: str) -> str | None:
    came = classify(alone(text, "Réponse automatique : Un poste", **headers))
    assert came.kind is Kind.AUTO_REPLY
    return came.return_date.isoformat() if came.return_date else None


@pytest.mark.parametrize(("text", "day"), SAID)
def test_a_day_that_is_said_is_read(text: str, day: str) -> None:
    assert back(text) == day


@pytest.mark.parametrize("text", NOT_SAID)
def test_no_day_is_invented(text: str) -> None:
    assert back(text) is None


def test_the_date_header_tells_which_monday_and_without_it_nothing_does() -> None:
    assert back("De retour lundi.", Date="Fri, 11 Dec 2026 10:00:00 +0100") == "2026-12-14"
    assert back("Jusqu'au 4 janvier.", Date="Fri, 11 Dec 2026 10:00:00 +0100") == "2027-01-04"
    assert back("De retour lundi.", Date="n'importe quand") is None
    relayed = "from a by b; Mon, 6 Jul 2026 09:12:00 +0200"
    assert back("De retour lundi.", Date="", Received=relayed) == "2026-07-13"


def test_icloud_says_it_in_a_header() -> None:
    criteria = "{kind=VACATION,startDate=2026-07-01,endDate=2026-07-15}"
    assert back("", X_Apple_Action="VACATION", X_Apple_Criteria=criteria) == "2026-07-15"
    assert back("", X_Apple_Action="VACATION", X_Apple_Criteria="{endDate=1784073600000}") == "2026-07-15"
