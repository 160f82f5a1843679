"""A template as it is rewritten."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel
from relance.method.writing.actions import NewTemplate
from relance.method.writing.drafts import WRITTEN
from relance.method.writing.words import Language, Purpose
from relance.web.texts.names import SPOTS, spots_in_words

LONGEST = 20_000


CHANNELS = [(str(channel), str(channel)) for channel in WRITTEN]
ONLY_ON = {
    Purpose.INVITATION_NOTE: (
        frozenset({Channel.LINKEDIN}),
        _("An invitation’s note goes on LinkedIn alone: tick no other channel."),
    ),
    Purpose.DOUBLE_CALL: (
        frozenset({Channel.EMAIL, Channel.SMS}),
        _("A call is doubled by mail or SMS: tick no other channel."),
    ),
}
"""What a moment can be written on, where that is not everything, and what is said of the rest."""


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

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        purpose: str = "",
    ) -> None:
        if data is not None:  # a browser sends a line break as two characters: it counts once
            data = data.copy()
            data["texte"] = data.get("texte", "").replace("\r\n", "\n")
        super().__init__(data, initial=initial)
        self.purpose = purpose

    def clean_texte(self) -> str:
        text = str(self.cleaned_data["texte"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["texte"].error_messages["required"])
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.purpose in ONLY_ON:
            fitting, says = ONLY_ON[Purpose(self.purpose)]
            if not fitting.issuperset(cleaned.get("canaux", [])):
                self.add_error("canaux", says)
        return cleaned

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

    moment = forms.ChoiceField(
        label=_("What it is for"),
        error_messages={
            "required": _("Say what it is for."),
            "invalid_choice": _("The method has no such moment: choose one of the list."),
        },
    )
    voix = forms.ChoiceField(
        label=_("Voice"),
        error_messages={
            "required": _("Say in which voice it is written."),
            "invalid_choice": _("Relance does not write in that voice: choose one of the list."),
        },
        choices=[("fr-vous", _("French, vous")), ("fr-tu", _("French, tu")), ("en", _("English"))],
    )
    pour_moi = forms.BooleanField(label=_("For me alone"), required=False)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        moment = self.fields["moment"]
        assert isinstance(moment, forms.ChoiceField)
        moment.choices = spots_in_words()
        for name in ("moment", "voix"):
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"{name}-dit"}
                )

    def clean(self) -> dict[str, Any]:
        spot = SPOTS.get(self.cleaned_data.get("moment", ""))
        self.purpose = spot.purpose if spot else ""
        return super().clean()

    def facts(self) -> NewTemplate:
        """What was typed, in the domain's words. Only of a form that is valid."""
        typed = self.cleaned_data
        spot = SPOTS[typed["moment"]]
        language, address = VOICES[typed["voix"]]
        return NewTemplate(
            name=typed["nom"],
            situation=spot.situation,
            purpose=spot.purpose,
            step=spot.step,
            occasion=spot.occasion,
            tone=spot.tone,
            language=language,
            address=address,
            channels=self.channels,
            subject=typed["objet"],
            body=typed["texte"],
        )
