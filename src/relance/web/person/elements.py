"""What is personal of somebody, and the positions their outreach is about."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Outreach
from relance.method.outreach.positions import open_positions_in, positions_of
from relance.method.writing.angles import ElementFacts, elements_of
from relance.method.writing.models import ElementKind
from relance.method.writing.tellings import told_elements
from relance.web.phrases.reasons import Setting
from relance.web.today.offering import kind_name

KINDS = (
    (ElementKind.TALK, _("Talk")),
    (ElementKind.REPOSITORY, _("Repository")),
    (ElementKind.ARTICLE, _("Article")),
    (ElementKind.FORMER_EMPLOYER, _("Former employer")),
    (ElementKind.SHARED_CONTACT, _("Shared contact")),
    (ElementKind.OTHER, _("Other")),
)


class ElementForm(forms.Form):
    """A talk, a repository, an article: what a message may take up."""

    sorte = forms.ChoiceField(label=_("What it is"), choices=[(kind.value, name) for kind, name in KINDS])
    texte = forms.CharField(
        label=_("In your words"), max_length=300, error_messages={"required": _("Write what you found.")}
    )
    lien = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="element-%s")
        for name, field in self.fields.items():
            if name != "sorte":
                field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update({"aria-invalid": "true", "aria-describedby": f"element-{name}-dit"})

    def facts(self) -> ElementFacts:
        """What was typed."""
        typed = self.cleaned_data
        text = " ".join(typed["texte"].split())
        return ElementFacts(ElementKind(typed["sorte"]), text, typed["lien"])


def personal(candidate: Candidate, outreach: Outreach | None, setting: Setting) -> dict[str, Any]:
    """The elements with when each was told; the positions of the outreach that stands, and those that may join."""
    own = elements_of(candidate)
    told = told_elements(candidate) if own else {}
    about = positions_of(outreach) if outreach else []
    known = {position.pk for position in about}
    standing = outreach is not None and outreach.is_open
    joining = open_positions_in(candidate.organisation_id) if standing else []
    return {
        "elements": [
            {
                "of": each,
                "kind": kind_name(each.kind),
                "on": setting.on(told[each.pk]) if each.pk in told else "",
            }
            for each in own
        ],
        "about": about,
        "joining": [position for position in joining if position.pk not in known],
    }
