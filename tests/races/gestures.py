"""What one thread does in a round: its part of the race, and what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind, Situation
from relance.imports.jobs import advance_one_import
from relance.method.candidates.actions import Facts, IdentityTaken
from relance.method.candidates.models import Candidate
from relance.method.outreach.entering import LeftAlone, enter_approach
from relance.method.outreach.facts import Entry
from relance.method.outreach.handing_over import (
    AskedAlready,
    Ended,
    NobodyElses,
    SayItFirst,
    answer_request,
    ask_for,
)
from relance.method.outreach.merging import MergeRefused, merge
from relance.method.outreach.models import HandOver, Outreach, Permit
from relance.method.outreach.permits import NotNow, PermitEnded, Refused, confirm, permit, release
from tests.races.firm import IMPORTERS, NOW, RECRUITERS, bring_archives
from tests.races.rounds import Round, Tried

REFUSALS: tuple[type[Exception], ...] = (
    AskedAlready, Ended, IdentityTaken, LeftAlone, MergeRefused, NobodyElses, NotNow, PermitEnded, SayItFirst,
)  # fmt: skip


class Wait(Protocol):
    def __call__(self) -> object: ...


class Thread:
    """One of the threads: who it speaks for, and all it tried."""

    def __init__(self, number: int, recruiters: tuple[int, ...], wait: Wait) -> None:
        self.number, self.wait = number, wait
        self.recruiters = recruiters
        self.member = Membership.objects.select_related("organisation", "user").get(
            pk=recruiters[number % RECRUITERS]
        )
        self.tried: list[Tried] = []

    def run(self, one: Round) -> None:
        race = {
            "permits": self._permits, "hand_over": self._hand_over, "enter": self._enter,
            "enter_in_parts": self._enter, "merge": self._merge, "imports": self._imports,
        }[one.kind]  # fmt: skip
        race(one)

    def _try(self, one: Round, wave: int, what: str, act: Callable[[], object]) -> object:
        outcome, value, made = "ok", "", None
        try:
            made = act()
            value = str(getattr(made, "pk", ""))
        except Refused as error:
            outcome, value = "refused", str(error.refusal.code)
        except REFUSALS as error:
            outcome, value = "refused", type(error).__name__
        except Exception as error:
            outcome, value = "crash", f"{type(error).__name__}: {error}"[:300]
        tried = Tried(one.number, wave, self.number, self.member.pk, what, outcome, value)
        self.tried.append(tried)
        return made

    def _ask(self, one: Round, wave: int, what: str, outreach_pk: int, now: datetime) -> Permit | None:
        def act() -> Permit:
            outreach = Outreach.objects.select_related("candidate").get(pk=outreach_pk)
            text = (
                f"Une idée de plus, la {wave}-{self.number}, dont nous n’avions pas parlé {wave * 'encore '}?"
            )
            return permit(outreach=outreach, member=self.member, channel=Channel.EMAIL, text=text, now=now)

        made = self._try(one, wave, what, act)
        return made if isinstance(made, Permit) else None

    def _permits(self, one: Round) -> None:
        """All ask; who has it says at once that it was sent, or was not, while the others ask again."""
        (outreach_pk,) = one.outreaches
        for wave in range(one.waves):
            now = NOW + timedelta(days=9 * wave)
            self.wait()
            held = self._ask(one, wave, "permit", outreach_pk, now)
            self.wait()
            if held is None:
                held = self._ask(one, wave, "permit again", outreach_pk, now)
            elif self.number // RECRUITERS % 2:
                self._settle(one, wave, "release", held, now)
                held = None
            else:
                self._settle(one, wave, "confirm", held, now)
                held = None
            self.wait()
            if held is not None:
                self._settle(one, wave, "confirm again", held, now)

    def _settle(self, one: Round, wave: int, what: str, held: Permit, now: datetime) -> None:
        if what == "release":
            self._try(one, wave, what, lambda: release(permit=held, now=now))
        else:
            self._try(one, wave, what, lambda: confirm(permit=held, member=self.member, now=now))

    def _hand_over(self, one: Round) -> None:
        """The colleagues ask for the person; giver and manager accept every request at once; all write."""
        (person_pk,) = one.people
        person = Candidate.objects.get(pk=person_pk)
        self.wait()
        self._try(one, 0, "ask", lambda: ask_for(candidate=person, member=self.member, note="", now=NOW))
        self.wait()
        requests = list(HandOver.objects.filter(candidate=person).order_by("pk"))
        request = requests[self.number % len(requests)] if requests else None
        answers = request.giver_id if request and self.number % 2 else self.recruiters[0]
        by = Membership.objects.get(pk=answers)
        self.wait()
        if request is not None:
            self._try(
                one, 1, "accept",
                lambda: answer_request(hand_over=request, member=by, gives=True, now=NOW),
            )  # fmt: skip
        self.wait()
        self._ask(one, 2, "permit", one.outreaches[0], NOW)

    def _enter(self, one: Round) -> None:
        """All enter one person: by all that is known of them in any order, or each by some of it."""
        turn = self.number % len(one.identities)
        pairs = one.identities[turn:] + one.identities[:turn]
        if one.kind == "enter_in_parts":
            pairs = pairs[: 1 + self.number % 3]

        def act() -> Outreach:
            return enter_approach(
                member=self.member,
                facts=Facts(name=f"Personne {one.number}", identities=pairs, source="hand"),
                situation=Situation.FIRST_MESSAGE,
                entries=[Entry(Kind.MESSAGE_SENT, at=NOW, channel=Channel.EMAIL, text=f"{self.number}")],
                purpose="", must_answer=True, now=NOW,
            ).outreach  # fmt: skip

        self.wait()
        self._try(one, 0, "enter", act)

    def _merge(self, one: Round) -> None:
        """Two of the house make the two one, each the other way round, while all ask for both."""
        self.wait()
        if self.number < 4:
            kept, gone = (Candidate(pk=pk, organisation_id=self.member.organisation_id) for pk in
                          (one.people if self.number % 2 else one.people[::-1]))  # fmt: skip
            self._try(one, 0, "merge", lambda: merge(kept=kept, gone=gone, member=self.member, now=NOW))
        else:
            self._ask(one, 0, "permit", one.outreaches[self.number % 2], NOW)
        self.wait()
        self._ask(one, 1, "permit again", one.outreaches[self.number % 2], NOW)

    def _imports(self, one: Round) -> None:
        """Workers store the same archive for three recruiters."""
        if not self.number:
            importers = Membership.objects.select_related("organisation", "user").filter(
                pk__in=self.recruiters[-IMPORTERS:]
            )
            bring_archives(one.number, list(importers.order_by("pk")))
        self.wait()
        if self.number % RECRUITERS < IMPORTERS:
            self._try(one, 0, "import", lambda: advance_one_import(clock=lambda: NOW))
        self.wait()
        while not self.number and advance_one_import(clock=lambda: NOW):
            pass  # a worker that lost the race for one comes back for the next
