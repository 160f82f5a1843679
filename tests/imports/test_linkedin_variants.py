"""The analysis of every combination of variants, held against the scenario's own truth."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from relance.imports.linkedin.inspect import inspect
from relance.imports.names import name_key
from tests.imports.compose import CONNECTIONS, INVITATIONS, MESSAGES, Variant, compose
from tests.imports.scenario import Scenario, Someone
from tests.imports.stories import told

VARIANTS = [Variant(c, m, i) for c, m, i in product(CONNECTIONS, MESSAGES, INVITATIONS)]


def addressed_people(s: Scenario, variant: Variant) -> set[Someone]:
    """Whom at least one file gives an address for."""
    found: set[Someone] = set()
    if variant.connections in {"C4", "C5"}:
        found |= {each.who for each in s.connections if each.who}
    if variant.invitations == "I3":
        found |= {each.who for each in s.invitations}
    if variant.messages not in {"M1", "M2"}:
        for message in (each for talk in s.conversations for each in talk if not each.draft):
            found |= {message.sender} if message.sender else set()
            if variant.messages != "M3":
                found |= {each for each in message.recipients if each}
    return found


def expected(s: Scenario, variant: Variant) -> dict[str, Any]:
    addressed = addressed_people(s, variant)

    def key(who: Someone) -> str:
        return who.slug if who in addressed else f"name:{name_key(who.name)}"

    truth = s.truth
    return {
        "export_date": "2026-06-13",
        "owner_slug": s.owner.slug if s.owner in addressed or variant.invitations == "I3" else None,
        "accepted_outgoing": {key(who): on.isoformat() for who, on in truth.accepted.items()},
        "accepted_and_never_messaged_after": sorted(map(key, truth.silent)),
        "pending_outgoing": sorted(map(key, truth.pending)),
        "they_spoke_last": sorted(map(key, truth.they_last)),
        "i_spoke_last_after_a_reply": sorted(map(key, truth.i_last)),
        "never_replied": sorted(map(key, truth.never)),
        "group_threads": truth.groups,
        "connections_without_identity": truth.no_identity,
        "direction_unknown_because_older_than_180_days": truth.direction_unknown,
        "baseline": {
            "first_written_to": truth.written,
            "answered_first_alone": truth.first_alone,
            "followed_up": truth.followed,
            "answered_after_follow_up": truth.after,
            "immature": truth.immature,
        },
    }


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: f"{v.connections}-{v.messages}-{v.invitations}")
def test_every_variant_says_what_the_scenario_knows(variant: Variant, tmp_path: Path) -> None:
    scenario = told(2, homonyms=variant.addressed)
    archive = compose(tmp_path, scenario, variant)
    said: dict[str, Any] = inspect(archive, scratch=tmp_path / "area")
    left_out = said.pop("left_out")
    said["baseline"].pop("rates")
    assert said == expected(scenario, variant)
    assert not (tmp_path / "area").exists()
    drafts = variant.messages in {"M5", "M6", "M8", "M9"}
    assert left_out == {
        "assistant_log": 1,
        **({"draft": 1} if drafts else {}),
        "duplicate": 1,
        "group": 2,
        "hidden_person": 1,
        "no_identity": 2,
        "no_recipient": 1,
        "spam": 1,
        "sponsored": 1,
    }
