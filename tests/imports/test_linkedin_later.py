"""The same recruiter's export, made again a month later: nothing doubles, the news is the news."""

from datetime import timedelta
from pathlib import Path

import pytest

from relance.cadence.words import Kind
from relance.imports.area import Area
from relance.imports.area_words import Fact, Person
from relance.imports.linkedin.read import read_archive
from tests.imports.compose import Variant, compose
from tests.imports.scenario import Scenario
from tests.imports.stories import later, told


def everything(area: Area) -> dict[str, tuple[Person, list[Fact]]]:
    people = {person.id: person for person in area.people(most=10_000)}
    facts = dict(area.histories())
    return {person.key: (person, facts.get(person.id, [])) for person in people.values()}


def read(scenario: Scenario, variant: Variant, folder: Path) -> dict[str, tuple[Person, list[Fact]]]:
    folder.mkdir()
    area = read_archive(compose(folder, scenario, variant), folder / "area")
    try:
        return everything(area)
    finally:
        area.wipe()


@pytest.mark.parametrize("messages", ["M4", "M7", "M10"])
def test_only_the_news_is_new(messages: str, tmp_path: Path) -> None:
    first = told(2)
    second, news = later(first)
    before = read(first, Variant("C4", messages, "I3"), tmp_path / "before")
    after = read(second, Variant("C4", "M10", "I3"), tmp_path / "after")
    assert set(after) - set(before) == {news.renamed.slug}
    assert set(before) - set(after) == {news.before.slug}
    known = {fact.external_key for _, facts in before.values() for fact in facts}
    fresh = {
        (key, fact.kind)
        for key, (_, facts) in after.items()
        for fact in facts
        if fact.external_key not in known
    }
    assert fresh == {(news.accepted.slug, Kind.INVITATION_ACCEPTED), (news.answered.slug, Kind.REPLY)}
    assert after[news.moved.slug][0].company == "Nouvelle Maison"
    old, new = before[news.before.slug][0], after[news.renamed.slug][0]
    assert (old.name_key, old.connected_on) == (new.name_key, new.connected_on)


def test_a_note_stays_one_fact_once_its_invitation_has_left_the_window(tmp_path: Path) -> None:
    """After 180 days the invitation is gone and the note looks like a message: its key is known."""
    first = told()
    second = told()
    second.exported_at = first.exported_at + timedelta(days=200)
    second.invitations = []
    before = read(first, Variant(), tmp_path / "before")
    after = read(second, Variant(), tmp_path / "after")
    noted = next(each.who for each in first.invitations if each.note and each.who in first.truth.accepted)
    kinds = [fact.kind for fact in before[noted.slug][1]]
    assert kinds == [Kind.INVITATION_SENT, Kind.INVITATION_ACCEPTED]
    known = {fact.external_key for fact in before[noted.slug][1]}
    assert all(fact.external_key in known for fact in after[noted.slug][1])


def test_a_fact_s_key_is_its_person_s_alone(tmp_path: Path) -> None:
    for person, facts in read(told(3, homonyms=True), Variant(), tmp_path / "a").values():
        keys = [fact.external_key for fact in facts]
        assert len(set(keys)) == len(keys)
        assert person.full_name
        assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)
