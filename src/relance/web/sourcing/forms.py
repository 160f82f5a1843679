"""How a session approaches people: the way, the position, the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel, Situation
from relance.method.outreach.models import Position, SourcingSession
from relance.web.people.forms import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Way:
    """One way of approaching people: the situation it opens, its channel."""

    situation: Situation
    channel: Channel


FIRST, INVITATION = Situation.FIRST_MESSAGE, Situation.LINKEDIN_INVITATION
WAYS = {
    "linkedin": Way(FIRST, Channel.LINKEDIN),
    "note": Way(INVITATION, Channel.LINKEDIN),
    "invitation": Way(INVITATION, Channel.LINKEDIN),
    "mail": Way(FIRST, Channel.EMAIL),
    "inmail": Way(FIRST, Channel.INMAIL),
    "sms": Way(FIRST, Channel.SMS),
}
NAMES = {
    "linkedin": _("LinkedIn message"),
    "note": _("Invitation with a note"),
    "invitation": _("Invitation without a note"),
    "mail": _("Mail"),
    "inmail": _("InMail"),
    "sms": _("SMS"),
}
WITH_SUBJECT = {"mail", "inmail"}


def way_of(session: SourcingSession) -> str:
    """The key of a session's way."""
    if session.situation == INVITATION:
        return "note" if session.text else "invitation"
    return next(key for key, way in WAYS.items() if (way.situation, way.channel) == (FIRST, session.channel))


class SessionForm(forms.Form):
    """What is chosen once for all the people of a sitting."""

    moyen = forms.ChoiceField(label=_("How"), choices=list(NAMES.items()))
    pour = forms.ChoiceField(label=_("For which position"), required=False)
    objet = forms.CharField(label=_("Subject"), max_length=300, required=False)
    texte = forms.CharField(label=_("The text of the approach"), max_length=LONGEST_TEXT, required=False,
                            widget=forms.Textarea(attrs={"rows": 9}))  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        positions: Sequence[Position],
        session: SourcingSession | None = None,
        asked: str = "",
    ) -> None:
        initial = {"pour": asked}
        if session is not None:
            initial = {
                "moyen": way_of(session),
                "pour": str(session.position_id or ""),
                "objet": session.subject,
                "texte": session.text,
            }
        super().__init__(data, auto_id="session-%s", initial=initial)
        self.positions = {str(position.pk): position for position in positions}
        if session is not None and session.position is not None:  # it stays, though it closed meanwhile
            self.positions.setdefault(str(session.position.pk), session.position)
        pour = self.fields["pour"]
        assert isinstance(pour, forms.ChoiceField)
        pour.choices = [("", _("no position")), *((key, each.title) for key, each in self.positions.items())]
        for name in ("objet", "texte"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean_texte(self) -> str:
        return str(self.cleaned_data["texte"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        way = cleaned.get("moyen")
        if way == "note" and not cleaned.get("texte"):
            self.add_error("texte", _("Write the note, or choose the invitation without one."))
            self.fields["texte"].widget.attrs.update(
                {"aria-invalid": "true", "aria-describedby": "session-texte-dit"}
            )
        if way == "invitation":
            cleaned["texte"] = ""
        if way not in WITH_SUBJECT:
            cleaned["objet"] = ""
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was chosen, as the actions of a session take it."""
        way = WAYS[self.cleaned_data["moyen"]]
        return {
            "situation": way.situation,
            "channel": way.channel,
            "position": self.positions.get(self.cleaned_data.get("pour", "")),
            "subject": self.cleaned_data["objet"].strip(),
            "text": self.cleaned_data["texte"],
        }
