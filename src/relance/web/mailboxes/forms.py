"""An address and a password; the servers only where they cannot be guessed."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.mail.providers import Provider
from relance.mail.sending import Security, Server

SECURITIES = [
    (Security.TLS.value, _("TLS")),
    (Security.STARTTLS.value, _("STARTTLS")),
    (Security.NONE.value, _("none (this machine alone)")),
]


def _host(label: object) -> forms.CharField:
    return forms.CharField(label=label, max_length=253, required=False)  # type: ignore[arg-type]


def _port(label: object) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=65535, required=False)  # type: ignore[arg-type]


def _password(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Its password, or an app password"), max_length=400, strip=False, required=required,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
    )  # fmt: skip


class MailboxForm(forms.Form):
    """What is needed to try a mailbox out. Servers left blank are guessed from the address."""

    adresse = forms.EmailField(
        label=_("Mail address"), max_length=254, error_messages={"invalid": _("This is no mail address.")}
    )
    nom = forms.CharField(label=_("The name people will read"), max_length=120, required=False)
    mot_de_passe = _password(required=True)
    identifiant = forms.CharField(
        label=_("User name, if it is not the address"), max_length=254, required=False
    )
    imap = _host(_("Reading: server"))
    imap_port = _port(_("port"))
    imap_securite = forms.ChoiceField(label=_("encryption"), choices=SECURITIES, required=False)
    smtp = _host(_("Sending: server"))
    smtp_port = _port(_("port"))
    smtp_securite = forms.ChoiceField(label=_("encryption"), choices=SECURITIES, required=False)

    def __init__(
        self, data: QueryDict | dict[str, str] | None = None, *, name: str = "", address: str = ""
    ) -> None:
        super().__init__(data, auto_id="boite-%s", initial={"nom": name, "adresse": address})
        for field_name, field in self.fields.items():
            if not isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "input"
            if self.is_bound and field_name in self.errors:
                field.widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"boite-{field_name}-dit"}
                )

    @property
    def account(self) -> list[forms.BoundField]:
        return [self[name] for name in ("adresse", "nom", "mot_de_passe")]

    @property
    def servers(self) -> list[forms.BoundField]:
        names = ("identifiant", "imap", "imap_port", "imap_securite", "smtp", "smtp_port", "smtp_securite")
        return [self[name] for name in names]

    def clean_adresse(self) -> str:
        return str(self.cleaned_data["adresse"]).strip().lower()

    def reads_at(self, guessed: Provider) -> Server:
        """Where to read, as typed, and as guessed where nothing was."""
        return self._server("imap", guessed.imap)

    def sends_at(self, guessed: Provider) -> Server:
        return self._server("smtp", guessed.smtp)

    def _server(self, name: str, guessed: Server) -> Server:
        typed = self.cleaned_data
        if not typed.get(name):
            return guessed
        return Server(
            typed[name].strip(),
            typed.get(f"{name}_port") or guessed.port,
            Security(typed.get(f"{name}_securite") or guessed.security),
        )


class LeaveForm(MailboxForm):
    """The same without a password: leave is granted at the provider's."""

    mot_de_passe = _password(required=False)

    def __init__(
        self, data: QueryDict | dict[str, str] | None = None, *, initial: dict[str, str] | None = None
    ) -> None:
        given = initial or {}
        super().__init__(data, name=given.get("nom", ""), address=given.get("adresse", ""))


class PaceForm(forms.Form):
    nom = forms.CharField(label=_("The name people will read"), max_length=120, required=False)
    par_jour = forms.IntegerField(label=_("Messages a day, at most"), min_value=1, max_value=200)
    ecart = forms.IntegerField(
        label=_("Seconds between two messages, at least"), min_value=10, max_value=3600
    )

    def __init__(
        self, data: QueryDict | None = None, *, pk: int, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, auto_id=f"rythme-{pk}-%s", initial=initial)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"rythme-{pk}-{name}-dit"}
                )
