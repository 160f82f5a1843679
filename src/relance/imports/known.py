"""Recognising, among the people of an area, those the desk knows and those it leaves alone."""

from collections.abc import Iterable
from datetime import date

from relance.accounts.models import Membership
from relance.imports.area_words import KeyKind, Person
from relance.imports.groups import Known, Place
from relance.method.candidates.identities import (
    BadIdentity,
    fingerprints,
    mail_in_one_form,
    phone_in_one_form,
)
from relance.method.candidates.models import Avoidance, Candidate, Identity, IdentityKind
from relance.method.candidates.queries import avoided_digests

AT_ONCE = 1_000
KINDS = {
    KeyKind.LINKEDIN_SLUG: IdentityKind.LINKEDIN,
    KeyKind.LINKEDIN_MEMBER: IdentityKind.LINKEDIN_MEMBER,
    KeyKind.EMAIL: IdentityKind.EMAIL,
    KeyKind.PHONE: IdentityKind.PHONE,
}


def identities_of(person: Person, region: str = "FR") -> tuple[tuple[str, str], ...]:
    """The (kind, value) pairs that what is certain of a person gives, each in its one form."""
    found: list[tuple[str, str]] = []
    if person.key_kind in KINDS:
        found.append((KINDS[person.key_kind], person.key))
    for address in person.addresses:
        if not address.certain:
            continue
        try:
            if address.channel == "email":
                found.append((IdentityKind.EMAIL, mail_in_one_form(address.value)))
            elif address.channel in {"sms", "call"}:
                found.append((IdentityKind.PHONE, phone_in_one_form(address.value, region)))
        except BadIdentity:
            continue
    # Last: an address says more of who somebody is than a list of another tool.
    found += [(IdentityKind.SOURCE_NUMBER, number) for number in person.numbers]
    return tuple(dict.fromkeys(found))


def fingerprinted(person: Person, region: str = "FR") -> tuple[tuple[str, str], ...]:
    """What a person who is set aside is recognised by next time: their identities, else their name."""
    return identities_of(person, region) or (("name", person.name_key),)


def place_of(member: Membership) -> Place:
    """Where those whom a member keeps will be: their firm's time zone and region."""
    return Place(member.organisation.timezone, member.organisation.region)


def recogniser(member: Membership) -> Known | None:
    """Tells whether a person is to be left alone, and whether the desk knows them; None on the first day: nobody is."""
    organisation = member.organisation
    avoided = avoided_digests(organisation.pk, (Avoidance.SET_ASIDE, Avoidance.OPTED_OUT))
    alone = avoided[Avoidance.SET_ASIDE] | avoided[Avoidance.OPTED_OUT]
    known = set(
        Identity.objects.filter(organisation=organisation)
        .order_by()
        .values_list("kind", "value")
        .iterator(chunk_size=5000)
    )

    if not known and not alone:
        return None

    def look(person: Person) -> tuple[bool, bool]:
        pairs = identities_of(person, organisation.region)
        aside = bool(alone) and any(
            not alone.isdisjoint(fingerprints(organisation.pk, kind, value))
            for kind, value in fingerprinted(person, organisation.region)
        )
        return aside and not any(pair in known for pair in pairs), any(pair in known for pair in pairs)

    return look


def candidates_by_identity(
    organisation_id: int, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The key of the candidate known by each of those pairs that the desk holds."""
    wanted: dict[str, list[str]] = {}
    for kind, value in dict.fromkeys(pairs):
        wanted.setdefault(kind, []).append(value)
    found: dict[tuple[str, str], int] = {}
    # One kind at a time: that is how the index of the identities begins.
    for kind, values in wanted.items():
        for start in range(0, len(values), AT_ONCE):
            rows = Identity.objects.filter(
                organisation_id=organisation_id, kind=kind, value__in=values[start : start + AT_ONCE]
            ).order_by("pk")
            for value, candidate_id in rows.values_list("value", "candidate_id"):
                found[kind, value] = candidate_id
    return found


def candidates_by_connection(
    organisation_id: int, wanted: list[tuple[str, date]], *, entered_up_to: int
) -> dict[tuple[str, date | None], int]:
    """The keys of the candidates known by their name and the day they connected, where just one fits.

    That is how a person is recognised whose profile address changed between two exports; of one
    export nobody is another, so that candidates are looked at only up to `entered_up_to`.
    """
    if not entered_up_to:
        return {}
    found: dict[tuple[str, date | None], list[int]] = {}
    names = list(dict.fromkeys(name for name, _day in wanted))
    for start in range(0, len(names), AT_ONCE):
        rows = Candidate.objects.filter(
            organisation_id=organisation_id,
            pk__lte=entered_up_to,
            name__in=names[start : start + AT_ONCE],
            connected_on__isnull=False,
        ).order_by("pk")
        for name, day, pk in rows.values_list("name", "connected_on", "pk"):
            found.setdefault((name, day), []).append(pk)
    return {key: pks[0] for key, pks in found.items() if len(pks) == 1}
