"""The stories of the scenario: what happens between the recruiter and one person."""

from dataclasses import dataclass, replace
from datetime import timedelta

from tests.imports.scenario import Message, Scenario, Someone, ago

HELLO = "Bonjour,\n\nje recrute pour un éditeur à Nantes\u00a0: qu'en dites-vous\u00a0?\n\nNadège"
AGAIN = "Je reviens vers vous : l'équipe travaille en Python & Rust."
YES = "Oui, avec plaisir 🙂 <https://example.org/agenda>"
NOTE = "Bonjour, votre conférence m'a plu, parlons-en"


def accepted_silent(s: Scenario, who: Someone) -> None:
    s.invite(who, 40)
    s.truth.accepted[who] = s.connect(who, 35)
    s.truth.silent.add(who)


def accepted_with_note(s: Scenario, who: Someone) -> None:
    """The note comes back as a message dated at the acceptance; it was written to at the invitation."""
    s.invite(who, 70, NOTE)
    s.truth.accepted[who] = s.connect(who, 60)
    s.talk((s.owner, who, 60, NOTE))
    s.truth.silent.add(who)
    s.truth.written += 1


def written_after_acceptance(s: Scenario, who: Someone) -> None:
    s.invite(who, 66)
    s.truth.accepted[who] = s.connect(who, 65)
    s.talk((s.owner, who, 65, HELLO))
    s.truth.never.add(who)
    s.truth.written += 1


def followed_up_and_answered(s: Scenario, who: Someone) -> None:
    s.invite(who, 90)
    s.truth.accepted[who] = s.connect(who, 88)
    s.talk((s.owner, who, 87, HELLO), (s.owner, who, 84, AGAIN), (who, s.owner, 83, YES))
    s.truth.they_last.add(who)
    s.truth.written += 1
    s.truth.followed += 1
    s.truth.after += 1


def answered_at_once(s: Scenario, who: Someone) -> None:
    """Two messages within two hours are one contact."""
    s.invite(who, 100)
    s.truth.accepted[who] = s.connect(who, 99)
    s.talk(
        (s.owner, who, 98, HELLO), (s.owner, who, 98 - 0.04, "PS : en télétravail."), (who, s.owner, 97, YES),
        (s.owner, who, 96, "Très bien, jeudi ?"),
    )  # fmt: skip
    s.truth.i_last.add(who)
    s.truth.written += 1
    s.truth.first_alone += 1


def pending(s: Scenario, who: Someone) -> None:
    s.invite(who, 20)
    s.truth.pending.add(who)


def pending_with_note(s: Scenario, who: Someone) -> None:
    s.invite(who, 10, NOTE)
    s.truth.pending.add(who)
    s.truth.written += 1
    s.truth.immature += 1


def they_invited_and_wrote(s: Scenario, who: Someone) -> None:
    s.invite(who, 50, outgoing=False)
    s.connect(who, 49)
    s.talk((who, s.owner, 48, "Bonjour, je cherche un poste"))
    s.truth.they_last.add(who)


def they_invited_with_a_note(s: Scenario, who: Someone) -> None:
    s.invite(who, 52, "Ravi de vous suivre", outgoing=False)
    s.connect(who, 51)
    s.talk((who, s.owner, 51, "Ravi de vous suivre"))


def old_connection(s: Scenario, who: Someone) -> None:
    """Nobody can tell who invited whom; a silence of 90 days ends the outreach."""
    s.connect(who, 400)
    s.talk((s.owner, who, 390, HELLO), (s.owner, who, 250, AGAIN), (who, s.owner, 249, YES))
    s.truth.they_last.add(who)
    s.truth.direction_unknown += 1
    s.truth.written += 1


def two_conversations(s: Scenario, who: Someone) -> None:
    s.connect(who, 300)
    s.talk((s.owner, who, 80, HELLO))
    s.talk((who, s.owner, 79, YES))
    s.truth.they_last.add(who)
    s.truth.direction_unknown += 1
    s.truth.written += 1
    s.truth.first_alone += 1


def inmail(s: Scenario, who: Someone) -> None:
    """Whoever never answers and is no connection, written to lately."""
    s.talk((s.owner, who, 5, HELLO), (s.owner, who, 2, AGAIN), subject="Poste à Nantes")
    s.truth.never.add(who)
    s.truth.written += 1
    s.truth.followed += 1
    s.truth.immature += 1


def tie(s: Scenario, who: Someone) -> None:
    """Two messages in one minute: the row that comes first in the file is the later one."""
    s.connect(who, 200)
    s.talk((s.owner, who, 70, HELLO), (who, s.owner, 60, "Pourquoi pas"), (s.owner, who, 60, "Merci !"))
    s.truth.i_last.add(who)
    s.truth.direction_unknown += 1
    s.truth.written += 1
    s.truth.first_alone += 1


STORIES = (
    accepted_silent, accepted_with_note, written_after_acceptance, followed_up_and_answered, answered_at_once,
    pending, pending_with_note, they_invited_and_wrote, they_invited_with_a_note, old_connection,
    two_conversations, inmail, tie,
)  # fmt: skip


def noise(s: Scenario) -> None:
    """What is no person's story: groups, advertisements, drafts, spam, hidden people, doubled rows."""
    anne, basile, carole = s.someone(), s.someone(), s.someone()
    group = f"2-group{s.count}=="
    first = Message(group, anne, (s.owner, basile), ago(30), "Réunion <https://example.org/visio>")
    second = replace(first, sender=s.owner, recipients=(anne, basile), at=ago(29), text="J'y serai")
    s.conversations.append([first, second])
    s.truth.groups += 1
    advert = Message(
        f"2-ad{s.count}==", None, (s.owner,), ago(28),
        '<p class="spinmail-quill-editor__x">Hi %FIRSTNAME%</p>',
        title="Sponsored Conversation", folder="ARCHIVE",
    )  # fmt: skip
    s.conversations.append([advert])
    hidden = Message(f"2-hidden{s.count}==", None, (s.owner,), ago(27), "Je ferme mon compte")
    s.conversations.append([hidden])
    nobody = Message(f"2-nobody{s.count}==", s.owner, (), ago(26), "Sans destinataire")
    s.conversations.append([nobody])
    spam = Message(f"2-spam{s.count}==", carole, (s.owner,), ago(25), "Gagnez gros", folder="SPAM")
    s.conversations.append([spam])
    talked = next(each for each in s.conversations if len(each) == 3)
    talked.append(talked[-1])
    other = talked[0].recipients if talked[0].sender is s.owner else (talked[0].sender,)
    talked.append(
        Message(
            talked[0].conversation, s.owner, other, talked[-1].at + timedelta(hours=1), "à moitié", draft=True
        )
    )
    for days in (10, 11):
        s.connections.append(type(s.connections[0])(None, ago(days).date()))
        s.truth.no_identity += 1


def told(rounds: int = 1, *, homonyms: bool = False) -> Scenario:
    """Return the scenario with every story told `rounds` times, and the noise once.

    Homonyms are told apart only by their addresses: leave them out where a variant has none.
    """
    s = Scenario()
    for _ in range(rounds):
        for story in STORIES:
            story(s, s.someone())
    if homonyms:
        accepted_silent(s, s.someone("Camille Homonyme"))
        pending(s, s.someone("Camille Homonyme"))
        followed_up_and_answered(s, s.someone("Camille Homonyme"))
    noise(s)
    return s


@dataclass(frozen=True, slots=True)
class News:
    """What a later export of the same recruiter adds, by who they are in it."""

    accepted: Someone
    answered: Someone
    moved: Someone
    before: Someone
    renamed: Someone


def later(s: Scenario) -> tuple[Scenario, News]:
    """Return the same history exported 30 days later, with one piece of news of each kind.

    A pending invitation is accepted, a silent person answers, one changes company, another changes
    their slug (everywhere: an export agrees with itself).
    """
    accepted = next(each.who for each in s.invitations if each.who in s.truth.pending)
    answered = next(each.who for each in s.invitations if each.who in s.truth.never)
    silent = next(each.who for each in s.invitations if each.who in s.truth.silent)
    before = next(each.who for each in s.invitations if each.who in s.truth.i_last)
    news = News(
        accepted, answered, replace(silent, company="Nouvelle Maison"), before,
        replace(before, slug=f"{before.slug}-nouvelle"),
    )  # fmt: skip
    now: dict[Someone | None, Someone] = {before: news.renamed, silent: news.moved}
    after = Scenario(count=s.count, exported_at=s.exported_at + timedelta(days=30))
    after.connections = [replace(each, who=now.get(each.who, each.who)) for each in s.connections]
    after.invitations = [replace(each, who=now.get(each.who, each.who)) for each in s.invitations]
    after.conversations = [
        [
            replace(
                each,
                sender=now.get(each.sender, each.sender),
                recipients=tuple(now.get(who, who) for who in each.recipients),
            )
            for each in talk
        ]
        for talk in s.conversations
    ]
    after.connect(accepted, -3)
    talk = next(talk for talk in after.conversations if talk[0].recipients == (answered,))
    talk.append(replace(talk[0], sender=answered, recipients=(s.owner,), at=ago(-4), text=YES))
    return after, news


def sized(connections: int, invitations: int, messages: int) -> Scenario:
    """Return a scenario of at least these sizes: rounds of stories, then old connections that talk."""
    s = told(max(1, min(connections, invitations, messages) // 40))
    while len(s.invitations) < invitations:
        pending(s, s.someone())
    talks = sum(len(each) for each in s.conversations)
    while len(s.connections) < connections or talks < messages:
        who = s.someone()
        s.connect(who, 200 + s.count % 900)
        s.truth.direction_unknown += 1
        if talks < messages:
            said = [_one_of_ten(s, who, n) for n in range(10)]
            s.talk(*said)
            talks += len(said)
    return s


def _one_of_ten(s: Scenario, who: Someone, n: int) -> tuple[Someone, Someone, float, str]:
    if n % 2:
        return who, s.owner, 181 - n, f"{YES} {n}"
    return s.owner, who, 181 - n, f"{HELLO} {s.count} {n} {AGAIN}"
