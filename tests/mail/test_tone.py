"""What an answer seems to mean: proposed where words say it, unknown in doubt."""

from datetime import date

import pytest

from relance.cadence.words import Tone
from relance.mail.incoming.tone import propose

ON = date(2026, 7, 6)
MEANT = [
    ("Bonjour, oui le poste m'intéresse, je suis disponible jeudi.", Tone.POSITIVE),
    ("Avec plaisir, appelez-moi au 06 12 34 56 78.", Tone.POSITIVE),
    ("Pourquoi pas, dites-m'en plus.", Tone.POSITIVE),
    ("Sounds great, I'd love to hear more.", Tone.POSITIVE),
    ("Yes, let's talk on Thursday.", Tone.POSITIVE),
    ("Je ne suis pas à l'écoute du marché.", Tone.NOT_LOOKING),
    ("Merci mais je viens de commencer un nouveau poste.", Tone.NOT_LOOKING),
    ("Non merci.", Tone.NOT_LOOKING),
    ("Je ne suis pas intéressée, bonne continuation.", Tone.NOT_LOOKING),
    ("I'm not looking at the moment, happy where I am.", Tone.NOT_LOOKING),
    ("Ce poste ne me correspond pas.", Tone.NOT_THIS_ONE),
    ("Le salaire est trop bas pour moi.", Tone.NOT_THIS_ONE),
    ("This role is not a good fit for me.", Tone.NOT_THIS_ONE),
    ("C'est du harcèlement, je vais vous signaler à la CNIL.", Tone.NEGATIVE),
    ("Bien reçu.", Tone.UNKNOWN),
    ("Qui êtes-vous ?", Tone.UNKNOWN),
    ("", Tone.UNKNOWN),
]
LATER = [
    ("Recontactez-moi en septembre.", date(2026, 9, 1)),
    ("Pas avant mars.", date(2027, 3, 1)),
    ("Reach out again in Q2.", date(2027, 4, 1)),
    ("On en reparle dans trois mois ?", date(2026, 10, 6)),
    ("Rappelez-moi dans 2 semaines.", date(2026, 7, 20)),
    ("Je ne suis pas à l'écoute pour le moment, recontactez-moi à la rentrée.", date(2026, 9, 1)),
    ("Contact me next year.", date(2027, 1, 5)),
    ("Recontactez-moi fin octobre.", date(2026, 10, 25)),
    ("Pas maintenant, plus tard peut-être.", None),
]


@pytest.mark.parametrize(("text", "tone"), MEANT)
def test_a_tone_is_proposed_where_words_say_it(text: str, tone: Tone) -> None:
    proposed = propose(text, on=ON)
    assert (proposed.tone, proposed.opt_out) == (tone, False), proposed.why


@pytest.mark.parametrize(("text", "day"), LATER)
def test_later_comes_with_the_day_it_names(text: str, day: date | None) -> None:
    proposed = propose(text, on=ON)
    assert (proposed.tone, proposed.resume_on) == (Tone.LATER, day), proposed.why


def test_an_opt_out_is_more_than_a_tone() -> None:
    assert propose("Merci de ne plus me contacter.", on=ON).opt_out
    assert propose("Remove me from your list", on=ON).opt_out
    assert not propose("Ne me contactez pas avant septembre.", on=ON).opt_out
