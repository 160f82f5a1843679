"""Who is invited, and which role a member has."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

ROLES = [
    ("recruiter", _("Recruiter")),
    ("manager", _("Manager")),
    ("administrator", _("Administrator")),
]
ROLE_NAMES = dict(ROLES)


class InviteForm(forms.Form):
    """A mail address and a role."""

    mail = forms.EmailField(
        label=_("Mail address"), max_length=254, error_messages={"invalid": _("This is no mail address.")}
    )
    role = forms.ChoiceField(label=_("Member's role"), choices=ROLES, initial="recruiter")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="inviter-%s")
        self.fields["mail"].widget.attrs.update({"class": "input", "autocomplete": "off"})
        if self.is_bound and "mail" in self.errors:
            self.fields["mail"].widget.attrs.update(
                {"aria-invalid": "true", "aria-describedby": "inviter-mail-dit"}
            )

    def clean_mail(self) -> str:
        return str(self.cleaned_data["mail"]).strip().lower()


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Member's role"), choices=ROLES)

    def __init__(self, data: QueryDict | None = None, *, role: str = "recruiter") -> None:
        super().__init__(data, auto_id="membre-%s", initial={"role": role})
