"""A post somebody published, noted by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PostForm(forms.Form):
    """Its link, and a line about it: one of the two at least."""

    lien = forms.URLField(
        label=_("Its address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is no web address.")},
    )
    mot = forms.CharField(label=_("What it says, in a line"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("lien") and not cleaned.get("mot"):
            raise forms.ValidationError(_("Give its address, or a line about it."))
        return cleaned

    @property
    def says(self) -> str:
        """What is wrong, in one text."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
