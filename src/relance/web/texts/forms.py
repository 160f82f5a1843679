"""A template as it is rewritten."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel
from relance.method.writing.actions import NewTemplate
from relance.method.writing.drafts import WRITTEN
from relance.method.writing.words import Language, Purpose
from relance.web.texts.names import MOMENTS, group_name, moment_called

LONGEST = 20_000


CHANNELS = [(str(channel), str(channel)) for channel in WRITTEN]


class TemplateForm(forms.Form):
    """Its name, its subject where the channel has one, its text."""

    nom = forms.CharField(max_length=120, error_messages={"required": _("Give it a name.")})
    objet = forms.CharField(max_length=200, required=False)
    texte = forms.CharField(
        max_length=LONGEST,
        strip=False,
        error_messages={"required": _("A template without a text offers nothing.")},
    )

    canaux = forms.MultipleChoiceField(choices=CHANNELS, required=False)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        if data is not None:  # a browser sends a line break as two characters: it counts once
            data = data.copy()
            data["texte"] = data.get("texte", "").replace("\r\n", "\n")
        super().__init__(data, initial=initial)

    def clean_texte(self) -> str:
        text = str(self.cleaned_data["texte"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["texte"].error_messages["required"])
        return text

    def typed(self, name: str) -> str:
        """A field as it stands, typed or kept."""
        return str(self[name].value() or "").replace("\r\n", "\n")

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Those that were ticked, in the order they are proposed in; none ticked is all of them."""
        chosen = self["canaux"].value() or []
        return tuple(channel for channel in WRITTEN if channel in chosen)


VOICES = {"fr-vous": (Language.FR, "vous"), "fr-tu": (Language.FR, "tu"), "en": (Language.EN, "")}


class NewTemplateForm(TemplateForm):
    """A template begun by hand: for which moment, in which voice."""

    moment = forms.ChoiceField(label=_("What it is for"))
    voix = forms.ChoiceField(
        label=_("Voice"),
        choices=[("fr-vous", _("French, vous")), ("fr-tu", _("French, tu")), ("en", _("English"))],
    )
    pour_moi = forms.BooleanField(label=_("For me alone"), required=False)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        moment = self.fields["moment"]
        assert isinstance(moment, forms.ChoiceField)
        moment.choices = [
            (code, f"{group_name(situation)}, {moment_called(purpose, step)}")
            for code, (situation, purpose, step) in MOMENTS.items()
        ]

    def facts(self) -> NewTemplate:
        """What was typed, in the domain's words. Only of a form that is valid."""
        typed = self.cleaned_data
        situation, purpose, step = MOMENTS[typed["moment"]]
        language, address = VOICES[typed["voix"]]
        return NewTemplate(
            name=typed["nom"],
            situation=situation,
            purpose=Purpose(purpose),
            step=step,
            language=language,
            address=address,
            channels=self.channels,
            subject=typed["objet"],
            body=typed["texte"],
        )
