"""A template as it is rewritten."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


class TemplateForm(forms.Form):
    """Its name, its subject where the channel has one, its text."""

    nom = forms.CharField(max_length=120, error_messages={"required": _("Give it a name.")})
    objet = forms.CharField(max_length=200, required=False)
    texte = forms.CharField(
        max_length=LONGEST,
        strip=False,
        error_messages={"required": _("A template without a text offers nothing.")},
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None) -> None:
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
