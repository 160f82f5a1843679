"""An approach typed by hand: who, by which way, when, what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.identities import CHANNEL_ORDER, channels_of
from relance.method.candidates.models import IdentityKind
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Position
from relance.method.writing.lengths import NOTE_LIMITS, Fit, fit
from relance.method.writing.words import Purpose
from relance.web.people.addresses import UnreadAddress, identities_in
from relance.web.phrases.reasons import Setting

LONGEST_TEXT = 20_000
OLDEST = timedelta(days=3650)
SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of approaching somebody: the situation it opens and the fact it is, if one took place yet."""

    situation: Situation
    kind: Kind | None
    channel: Channel | None
    kinds: tuple[str, ...]
    voicemail: bool = False


LINKEDIN = (IdentityKind.LINKEDIN.value, IdentityKind.LINKEDIN_MEMBER.value)
MAIL, PHONE = (IdentityKind.EMAIL.value,), (IdentityKind.PHONE.value,)
FIRST, CV = Situation.FIRST_MESSAGE, Situation.CV_DATABASE
WAYS = {
    "invitation": Way(Situation.LINKEDIN_INVITATION, Kind.INVITATION_SENT, Channel.LINKEDIN, LINKEDIN),
    "linkedin": Way(FIRST, Kind.MESSAGE_SENT, Channel.LINKEDIN, LINKEDIN),
    "inmail": Way(FIRST, Kind.MESSAGE_SENT, Channel.INMAIL, LINKEDIN),
    "mail": Way(FIRST, Kind.MESSAGE_SENT, Channel.EMAIL, MAIL),
    "sms": Way(FIRST, Kind.MESSAGE_SENT, Channel.SMS, PHONE),
    "cv": Way(CV, None, None, PHONE),
    "appel": Way(CV, Kind.CALL_UNANSWERED, Channel.CALL, PHONE),
    "vocal": Way(CV, Kind.CALL_UNANSWERED, Channel.CALL, PHONE, voicemail=True),
    "parle": Way(CV, Kind.CALL_ANSWERED, Channel.CALL, PHONE),
    "candidature": Way(Situation.APPLICATION, Kind.APPLICATION_RECEIVED, None, ()),
}
NAMES = {
    "linkedin": _("LinkedIn message"),
    "invitation": _("LinkedIn invitation"),
    "mail": _("Mail"),
    "inmail": _("InMail"),
    "sms": _("SMS"),
    "cv": _("CV found, to be called"),
    "appel": _("Call, no answer"),
    "vocal": _("Call, voicemail left"),
    "parle": _("Call, we spoke"),
    "candidature": _("They applied"),
}

CV_DATABASES = ("Apec", "HelloWork", "Indeed", "Monster", "France Travail", "Free-Work", "Cadremploi")
"""Names proposed; any other may be typed."""


class ApproachForm(forms.Form):
    """One line: a person, and the approach that was made."""

    nom = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Say who it is.")})
    poste = forms.CharField(label=_("Role"), max_length=200, required=False)
    societe = forms.CharField(label=_("Company"), max_length=200, required=False)
    moyen = forms.ChoiceField(label=_("How"), choices=list(NAMES.items()))
    adresse = forms.CharField(label=_("LinkedIn, mail or phone"), max_length=600, required=False)
    pour = forms.ChoiceField(label=_("For which position"), required=False)
    sujet = forms.CharField(label=_("About, in your words"), max_length=200, required=False)
    base = forms.CharField(label=_("CV database"), max_length=80, required=False)
    cv_du = forms.DateField(
        label=_("Date of the CV"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This date cannot be read.")},
    )
    quand = forms.DateTimeField(
        label=_("When"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("This date cannot be read.")},
    )
    texte = forms.CharField(label=_("The text that was sent"), max_length=LONGEST_TEXT, required=False,
                            strip=True, widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip
    etoile = forms.BooleanField(label=_("Must answer"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        setting: Setting,
        region: str = "FR",
        note_limit: int = NOTE_LIMITS[False],
        initial: dict[str, str] | None = None,
        positions: Sequence[Position] = (),
    ) -> None:
        super().__init__(data, auto_id="ajout-%s", initial=initial)
        self.positions = {str(position.pk): position for position in positions}
        choices = [(key, position.title) for key, position in self.positions.items()]
        pour = self.fields["pour"]
        assert isinstance(pour, forms.ChoiceField)
        pour.choices = [("", _("none, or in your words")), *choices]
        if not choices:
            del self.fields["pour"]
        self.setting, self.region, self.note_limit = setting, region, note_limit
        for name, field in self.fields.items():
            if name not in {"etoile", "moyen", "pour"}:
                field.widget.attrs["class"] = "input"
        self.fields["sujet"].widget.attrs["list"] = "sujets"
        self.fields["base"].widget.attrs["list"] = "bases"
        if self.is_bound:
            for name in self.errors:
                if name in self.fields:
                    self.fields[name].widget.attrs.update(
                        {"aria-invalid": "true", "aria-describedby": f"ajout-{name}-dit"}
                    )

    def clean_nom(self) -> str:
        return " ".join(str(self.cleaned_data["nom"]).split())

    def clean_quand(self) -> datetime:
        moment: datetime | None = self.cleaned_data.get("quand")
        now = self.setting.now
        if moment is None:
            return now
        moment = moment.replace(tzinfo=self.setting.zone)
        if moment > now + SOON:
            raise forms.ValidationError(_("This is still to come: enter what took place."))
        if moment < now - OLDEST:
            raise forms.ValidationError(_("This is more than ten years ago."))
        return min(moment, now)

    def clean_cv_du(self) -> date | None:
        day: date | None = self.cleaned_data.get("cv_du")
        if day is not None and day > self.setting.today:
            raise forms.ValidationError(_("This is still to come."))
        return day

    def clean_adresse(self) -> tuple[tuple[str, str], ...]:
        try:
            return identities_in(self.cleaned_data["adresse"], self.region)
        except UnreadAddress as error:
            raise forms.ValidationError(
                _("“%(part)s” is no LinkedIn profile, mail address or phone number."),
                params={"part": error.part},
            ) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        way, pairs = WAYS.get(cleaned.get("moyen", "")), cleaned.get("adresse")
        if way is not None and way.kind is Kind.INVITATION_SENT:
            self._check_note(cleaned.get("texte", ""))
        if way is not None and way.situation is not CV:
            cleaned["base"], cleaned["cv_du"] = "", None
        elif way is not None and way.kind is None and not cleaned.get("base"):
            self.add_error("base", _("Say in which CV database they were found."))
        if way is None or pairs is None:
            return cleaned
        if way.kinds and not any(kind in way.kinds for kind, _value in pairs):
            self.add_error("adresse", self._wanted(way))
        elif not pairs:
            self.add_error(
                "adresse", _("Say how to reach them: a LinkedIn profile, a mail address or a phone number.")
            )
        return cleaned

    def _check_note(self, text: str) -> None:
        note = fit(text.replace("\r\n", "\n"), "", Channel.LINKEDIN, Purpose.INVITATION_NOTE, self.note_limit)
        if note.fit is Fit.FITS:
            return
        says = _("LinkedIn takes %(limit)s characters in your account's notes, this has %(count)s.")
        told = str(says) % {"limit": note.limit, "count": note.count}
        link = format_html('<a href="{}">{}</a>', reverse("linkedin"), _("Which account you have"))
        self.add_error("texte", format_html("{} {}", told, link))

    @staticmethod
    def _wanted(way: Way) -> Any:
        if way.kinds == MAIL:
            return _("A mail needs their mail address.")
        if way.kinds == PHONE:
            return _("A call or an SMS needs their phone number.")
        return _("LinkedIn needs the address of their profile.")

    @property
    def position(self) -> Position | None:
        """The position that was chosen."""
        return self.positions.get(self.cleaned_data.get("pour", ""))

    @property
    def way(self) -> Way:
        return WAYS[self.cleaned_data["moyen"]]

    def channels(self) -> tuple[Channel, ...]:
        """Who is written to by InMail is no relation: a LinkedIn message would not reach them."""
        if self.way.channel is not Channel.INMAIL:
            return ()
        opened = set(channels_of(self.cleaned_data["adresse"])) - {Channel.LINKEDIN} | {Channel.INMAIL}
        return tuple(channel for channel in CHANNEL_ORDER if channel in opened)

    def entries(self) -> list[Entry]:
        """The fact that was typed; none for somebody who is still to be called."""
        return [] if self.way.kind is None else [self._entry(self.way.kind)]

    def _entry(self, kind: Kind) -> Entry:
        way, text = self.way, self.cleaned_data["texte"].replace("\r\n", "\n")
        channel = way.channel
        if kind is Kind.APPLICATION_RECEIVED:
            has_mail = any(kind == IdentityKind.EMAIL for kind, _value in self.cleaned_data["adresse"])
            channel = Channel.EMAIL if has_mail else None
        return Entry(
            kind,
            at=self.cleaned_data["quand"],
            channel=channel,
            note=kind is Kind.INVITATION_SENT and bool(text),
            voicemail=way.voicemail,
            text=text,
        )
