"""How many incoming messages are understood a second, on one core.

    python benchmarks/classify.py [seconds]

The reference, measured in the same run on the same messages, is the standard library's parser with
the text of its first part read: what anybody pays who only opens them.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes

from tests.mail import letters

from relance.mail.incoming import classify

QUOTE = "\n".join(
    f"> Bonjour Inès, ligne {number} de notre proposition pour un poste à Lyon." for number in range(40)
)
HTML = "<div><p>Bonjour Maud,</p><p>Pourquoi pas, appelez-moi jeudi.</p></div>" + (
    '<div class="gmail_quote"><div>Le lun. 6 juil. 2026, Maud a écrit :</div><blockquote>'
    + "<p>Bonjour Inès, voici <b>notre</b> proposition.</p>" * 60
    + "</blockquote></div>"
)


def mixed() -> list[bytes]:
    """A morning of a recruiter's mailbox: answers above all, absences, bounces, newsletters."""
    introduction = f"Le lun. 6 juil. 2026 à 09:12, Maud Kervella\n<{letters.MAUD}> a écrit :"
    answer = f"Bonjour Maud,\n\nMerci, cela m'intéresse.\n\nInès\n\n{introduction}\n\n{QUOTE}\n"
    absence = "Bonjour,\n\nJe suis absente du bureau jusqu'au 17 juillet inclus. Pour toute urgence, contactez Paul.\n"
    newsletter = "Les offres de la semaine.\n\n" + "Un long paragraphe de nouvelles du secteur. \n" * 150
    return [
        *[letters.letter(answer)] * 4,
        *[letters.html_letter(HTML)] * 3,
        letters.letter(answer.replace("> ", "")),
        letters.alone(absence, "Réponse automatique : Un poste à Lyon", Auto_Submitted="auto-replied"),
        letters.report(status="5.1.1", diagnostic="550 5.1.1 User unknown"),
        letters.report(status="4.4.1", diagnostic="connect: Connection timed out", action="delayed"),
        letters.alone(newsletter, "La lettre", List_Id="<lettre.brume.example>"),
    ]


def per_second(run: Callable[[bytes], object], messages: list[bytes], seconds: float) -> float:
    """The best of five rounds: the machine is shared, and only slows things down."""
    best = 0.0
    for _ in range(5):
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds / 5:
            for message in messages:
                run(message)
            done += len(messages)
        best = max(best, done / (time.perf_counter() - begun))
    return best


def opened(raw: bytes) -> object:
    parsed = message_from_bytes(raw)
    first = next(part for part in parsed.walk() if not part.is_multipart())
    return first.get_payload(decode=True)


def main(seconds: float) -> None:
    messages = mixed()
    kinds = Counter(str(classify(message).kind) for message in messages)
    print(
        f"{len(messages)} messages, {sum(map(len, messages)) / len(messages) / 1000:.1f} kB each:",
        dict(kinds),
    )
    understood, parsed = per_second(classify, messages, seconds), per_second(opened, messages, seconds)
    print(f"classify            {understood:8,.0f} a second ({1e3 / understood:.2f} ms each)")
    print(f"message_from_bytes  {parsed:8,.0f} a second ({1e3 / parsed:.2f} ms each)")
    print(f"one costs {parsed / understood:.1f} times the opening of its message")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
