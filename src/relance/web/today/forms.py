"""What comes in from the right page, translated into the domain's words."""

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel, Tone
from relance.method.writing.sms import sms_safe
from relance.web.phrases.reasons import Setting
from relance.web.today.pane import Typed

LONGEST_TEXT = 20_000
MOST_TOLD = 60
TOLD = re.compile(r"[ae][0-9]{1,18}")


def typed_in(data: QueryDict) -> Typed:
    """The composer's fields. A text that is still the filled template gives way to the new one."""
    channel = data.get("par", "") or data.get("canal_actuel", "")
    text = data.get("texte", "").replace("\r\n", "\n")[:LONGEST_TEXT]
    pristine = data.get("depart", "").replace("\r\n", "\n")
    plain = bool(text) and "sms_sur" in data
    emptied = not text and "texte" in data and "par" not in data and bool(pristine.strip())
    changed = plain or emptied or (bool(text) and text.strip() != pristine.strip())
    template = data.get("trame", "")
    keeps_subject = changed or channel == data.get("canal_actuel", "")
    told = [key for key in data.getlist("dit") if _is_told(key)][:MOST_TOLD]
    telling = data.get("dire", "") if _is_told(data.get("dire", "")) else ""
    if telling in told:  # pressed again: it is chosen no more, its words are the recruiter's to take out
        told, telling = [key for key in told if key != telling], ""
    return Typed(
        channel=Channel(channel) if channel in set(Channel) else None,
        template=int(template) if template.isascii() and template.isdigit() else None,
        text=(sms_safe(text) if plain else text) if changed and "retrame" not in data else None,
        subject=data.get("objet") if keeps_subject and "retrame" not in data else None,
        told=(*told, telling) if telling else tuple(told),
        telling=telling,
    )


def _is_told(key: str) -> bool:
    return bool(TOLD.fullmatch(key))


class AnswerForm(forms.Form):
    """What the person answered; "not now" may carry a day."""

    ton = forms.ChoiceField(choices=[(tone.value, tone.value) for tone in Tone] + [("opt_out", "opt_out")])
    reprendre = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    texte = forms.CharField(required=False, max_length=LONGEST_TEXT)

    def __init__(self, data: QueryDict, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_reprendre(self) -> date | None:
        day: date | None = self.cleaned_data.get("reprendre")
        if day is not None and not self.today < day <= self.today + timedelta(days=730):
            raise forms.ValidationError(_("Choose a day to come, within two years."))
        return day


PRESETS = ("demain", "2j", "lundi", "mois")


def postponed_until(data: QueryDict, setting: Setting) -> datetime | None:
    """The instant of a preset or of a chosen day, at 9 in the morning; None when neither makes sense."""
    today = setting.today
    days = {
        "demain": today + timedelta(days=1),
        "2j": today + timedelta(days=2),
        "lundi": today + timedelta(days=7 - today.weekday()),
        "mois": today + timedelta(days=30),
    }
    day = days.get(data.get("quand", ""))
    if day is None:
        try:
            day = date.fromisoformat(data.get("jour", ""))
        except ValueError:
            return None
    if not today < day <= today + timedelta(days=730):
        return None
    return datetime.combine(day, time(9), tzinfo=setting.zone)
