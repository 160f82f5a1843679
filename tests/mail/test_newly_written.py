"""What was newly written: what mail programs put around it goes, no word of a person does."""

# ruff: noqa: E501 -- messages stand as they come

import pytest

from relance.mail.incoming.classify import classify
from tests.mail import letters

MINE = "Bonjour Maud,\n\nMerci pour votre message. Le poste m'intéresse : quand peut-on se parler ?\n\nInès"
QUOTE = "Bonjour Inès,\nNous cherchons une développeuse à Lyon.\nMaud"
MARKED = "\n".join(f"> {line}" for line in QUOTE.split("\n"))

INTRODUCED = {
    "gmail": f"Le lun. 6 juil. 2026 à 09:12, Maud Kervella <maud@ormel.example> a écrit :\n\n{MARKED}",
    "gmail folded": f"Le lun. 6 juil. 2026 à 09:12, Maud Kervella - Ormel Conseil\n<maud@ormel.example> a écrit :\n\n{QUOTE}",
    "folded thrice": f"Le lun. 6 juil. 2026 à 09:12, Maud Kervella\n<\nmaud@ormel.example>\na écrit :\n\n{QUOTE}",
    "no-break space": f"Le lun. 6 juil. 2026 à 09:12, Maud <maud@ormel.example> a écrit\u00a0:\n\n{MARKED}",
    "thunderbird": f"Le 06/07/2026 à 09:12, Maud Kervella a écrit :\n{MARKED}",
    "dash": f"- Le 2026-07-06 09:12, Maud Kervella a écrit :\n{MARKED}",
    "apple": f"> Le 6 juil. 2026 à 09:12, Maud Kervella <maud@ormel.example> a écrit :\n> \n{MARKED}",
    "outlook": f"De : Maud Kervella <maud@ormel.example>\nEnvoyé : lundi 6 juillet 2026 09:12\nÀ : Inès\nObjet : Un poste\n\n{QUOTE}",
    "no space": f"De: Maud Kervella\nEnvoyé le: lundi 6 juillet 2026 09:12\nÀ: Inès\nObjet: Un poste\n\n{QUOTE}",
    "bold": f"*De :* Maud Kervella\n*Envoyé :* lundi 6 juillet 2026 09:12\n*À :* Inès\n*Objet :* Un poste\n\n{QUOTE}",
    "original": f"-----Message d'origine-----\nDe : Maud Kervella\nDate : 06/07/2026 09:12\n\n{QUOTE}",
    "telephone": f"-------- Message d’origine --------\nDe : Maud <maud@ormel.example>\nDate : 06/07/26  09:12  (GMT+01:00)\nÀ : ines@brume.example Objet : Un poste\n\n{QUOTE}",
    "underscores": f"________________________________\nDe : Maud Kervella\nEnvoyé : lundi 6 juillet 2026\nÀ : Inès\nObjet : Un poste\n\n{QUOTE}",
    "indented": f"  De : Maud Kervella\n  Envoyé : lundi 6 juillet 2026 09:12\n  À : Inès\n  Objet : Un poste\n\n{QUOTE}",
    "english program": f"From: Maud Kervella <maud@ormel.example>\nSent: Monday, July 6, 2026 9:12 AM\nTo: Inès\nSubject: Un poste\n\n{QUOTE}",
    "english gmail": f"On Mon, Jul 6, 2026 at 9:12 AM Maud Kervella <maud@ormel.example>\nwrote:\n\n{MARKED}",
    "english, at": f"On 6 Jul 2026, at 09:12, Maud Kervella <maud@ormel.example> wrote:\n\n{QUOTE}",
    "german": f"Am Mo., 6. Juli 2026 um 09:12 Uhr schrieb Maud Kervella <maud@ormel.example>:\n\n{MARKED}",
    "german block": f"Von: Maud Kervella\nGesendet: Montag, 6. Juli 2026 09:12\nAn: Inès\nBetreff: Un poste\n\n{QUOTE}",
    "spanish": f"El lun, 6 jul 2026 a las 9:12, Maud Kervella (<maud@ormel.example>) escribió:\n\n{MARKED}",
    "italian": f"Il giorno lun 6 lug 2026 alle ore 09:12 Maud Kervella <maud@ormel.example> ha scritto:\n\n{MARKED}",
    "dutch": f"Op ma 6 jul 2026 om 09:12 schreef Maud Kervella <maud@ormel.example>:\n\n{MARKED}",
    "portuguese": f"Em seg., 6 de jul. de 2026 às 09:12, Maud <maud@ormel.example> escreveu:\n\n{MARKED}",
    "forwarded": f"Début du message réexpédié :\n\nDe: Maud Kervella\nObjet: Un poste\nDate: 6 juillet 2026\n\n{QUOTE}",
    "sfr": f'========================================\n Message du : 06/07/2026 09:12\n De : "Maud" <maud@ormel.example>\n A : ines@brume.example\n Copie à : \n Sujet : Un poste\n\n{QUOTE}',
    "name first": f"Maud Kervella <maud@ormel.example> a écrit (6 juillet 2026 09:12) :\n\n{MARKED}",
    "marks alone": MARKED,
    "signature": f"-- \nInès Tavernier\nDéveloppeuse\n\nLe 06/07/2026 à 09:12, Maud Kervella a écrit :\n{MARKED}",
    "iphone": f"Envoyé de mon iPhone\n\n> Le 6 juil. 2026 à 09:12, Maud <maud@ormel.example> a écrit :\n> \n{MARKED}",
    "android": f"Envoyé depuis mon mobile Orange\n\n-------- Message original --------\nDe : Maud\nDate : 6 juillet\n\n{QUOTE}",
    "outlook ios": f"Télécharger Outlook pour iOS<https://aka.example/o>\n________________________________\nFrom: Maud\nSent: Monday, July 6, 2026\nTo: Inès\nSubject: Un poste\n\n{QUOTE}",
    "yahoo": f"Envoyé à partir de Yahoo Mail pour Android\n\n  Le lun., juil. 6, 2026 à 9:12, Maud Kervella<maud@ormel.example> a écrit :\n\n{QUOTE}",
}


@pytest.mark.parametrize("below", INTRODUCED.values(), ids=INTRODUCED.keys())
def test_what_a_program_puts_below_is_left_out(below: str) -> None:
    assert classify(letters.letter(f"{MINE}\n\n{below}\n")).reply_text == MINE


KEPT = [
    "Le poste est à Lyon, n'est-ce pas ? Je précise : je cherche un CDI.",
    "Le plus simple, à mon avis : appelez-moi au 06 12 34 56 78.",
    "Le 12 juillet à 10:30, cela vous irait ? Sinon, voici mes disponibilités :\n\n- lundi\n- mardi",
    "Le mardi 7, je suis libre, le mercredi aussi, et j'ajoute ceci :\nje préfère la visio.",
    "On Monday I can talk, on Tuesday too. As you wrote: it is in Lyon.",
    "De mon côté : rien de neuf.\nÀ bientôt",
    "Objet : ma candidature\n\nBonjour, voici mon CV.",
    "A bientôt,\nInès\n\nPS : le salaire ?",
    "On m'a écrit : ce n'est pas moi qui décide.",
    "Date : le 12 me va.\nLieu : Lyon.",
    "Voici les points\n------\n1. le salaire\n2. le télétravail",
    "Envoyé de mon iPhone, désolée pour les fautes, je vous rappelle.\nInès",
]


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_sentences_are_kept_whole(text: str) -> None:
    assert classify(letters.letter(text)).reply_text == text
    assert classify(letters.letter(f"{text}\n\n{INTRODUCED['gmail']}")).reply_text == text


def test_an_answer_below_or_between_what_is_quoted_is_kept() -> None:
    below = f"Le 06/07/2026 à 09:12, Maud Kervella a écrit :\n{MARKED}\n\n{MINE}\n"
    assert classify(letters.letter(below)).reply_text == MINE
    between = "Bonjour,\n\n> Êtes-vous libre ?\n\nOui, jeudi.\n\n> À Lyon ?\n\nOui aussi.\n"
    assert classify(letters.letter(between)).reply_text == "Bonjour,\n\nOui, jeudi.\n\nOui aussi."


GMAIL = '<div dir="ltr">Bonjour Maud,<br><br>Oui, jeudi.</div><br><div class="gmail_quote"><div class="gmail_attr">Le lun. 6 juil. 2026 à 09:12, Maud &lt;<a href="mailto:maud@ormel.example">maud@ormel.example</a>&gt; a écrit :<br></div><blockquote class="gmail_quote"><p>Bonjour Inès</p></blockquote></div>'
OUTLOOK = '<html><head><style>p{color:red}</style></head><body><p class="MsoNormal">Bonjour Maud,</p><p>Oui, jeudi.</p><div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>De :</b> Maud<br><b>Envoyé :</b> lundi</div><div>Bonjour Inès</div></body></html>'
DESKTOP = '<div><p class=MsoNormal>Bonjour Maud,</p><p class=MsoNormal>Oui, jeudi.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>De :</b> Maud</p></div></div><p>Bonjour Inès</p></div>'
THUNDERBIRD = '<p>Bonjour Maud,</p><p>Oui, jeudi.</p><div class="moz-cite-prefix">Le 06/07/2026 à 09:12, Maud a écrit :<br></div><blockquote type="cite"><p>Bonjour Inès</p></blockquote>'
YAHOO = '<div>Bonjour Maud,</div><div><br></div><div>Oui, jeudi.</div><div class="ydp12yahoo_quoted" id="ydp12yahoo_quoted_1"><div>Le lundi 6 juillet</div><div>Bonjour Inès</div></div>'
BELOW = '<blockquote type="cite"><p>Bonjour Inès</p></blockquote><p>Bonjour Maud,</p><p>Oui, jeudi.</p>'


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, DESKTOP, THUNDERBIRD, YAHOO, BELOW])
def test_html_alone_is_read_as_a_reader_sees_it(html: str) -> None:
    assert classify(letters.html_letter(html)).reply_text == "Bonjour Maud,\n\nOui, jeudi."
