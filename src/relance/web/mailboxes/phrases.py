"""What a trial found and what is wrong with a mailbox, in plain words, with what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.mail.providers import Needs, Provider
from relance.mail.sending import Fault, Server
from relance.method.delivery.connecting import Step, Trial
from relance.method.delivery.logins import client_named
from relance.method.delivery.models import Mailbox


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trial: `level` is ok, todo or block; `remedy` says what to do, `link` where."""

    level: str
    icon: str
    says: str
    remedy: str = ""
    link: str = ""


def _ok(says: str) -> Line:
    return Line("ok", "check", says)


def trial_lines(trial: Trial, imap: Server, smtp: Server, provider: Provider | None) -> list[Line]:
    """Each step that was tried; the one that failed last, with what to do about it."""
    found = []
    for step in trial.steps:
        if step.fault is not None:
            found.append(_failed(step, smtp if step.code == "send" else imap, provider))
        elif step.code == "enter":
            found.append(_ok(_("Relance enters the mailbox, over an encrypted line.")))
        elif step.code == "return" and trial.seconds is not None:
            seconds = max(1, round(trial.seconds))
            found.append(
                _ok(
                    ngettext(
                        "A message left and came back within %(count)s second.",
                        "A message left and came back within %(count)s seconds.",
                        seconds,
                    )
                    % {"count": seconds}
                )
            )
    return found


def _failed(step: Step, server: Server, provider: Provider | None) -> Line:
    if step.code == "leave" and provider is not None:
        return Line("block", "stop", _leave_says(step, provider))
    says = fault_says(step.fault, server.host, server.port, step.words, returning=step.code == "return")
    remedy, link = _remedy(step, provider)
    return Line("block", "stop", says, remedy, link)


def _leave_says(step: Step, provider: Provider) -> str:
    if step.fault is not Fault.SIGN_IN:
        return _("%(name)s cannot be reached at the moment. Nothing was changed.") % {"name": provider.name}
    if step.words == "access_denied":
        return _("Access was not granted at %(name)s. Nothing was changed.") % {"name": provider.name}
    return _("%(name)s did not give access: %(words)s. Nothing was changed.") % {
        "name": provider.name,
        "words": step.words,
    }


def fault_says(
    fault: Fault | str | None, host: str, port: int, words: str, *, returning: bool = False
) -> str:
    """What is wrong, in one sentence."""
    where = {"host": host, "port": port, "words": words}
    if fault == Fault.SILENT and returning:
        return _("The message left and did not come back: it may be slow, or filed as unwanted.")
    return {
        Fault.SIGN_IN: _("The server %(host)s refuses this user name or password."),
        Fault.NO_SERVER: _("No server answers at %(host)s, port %(port)s: check the name and the port."),
        Fault.ENCRYPTION: _("%(host)s offers no encryption that can be trusted on port %(port)s."),
        Fault.IN_CLEAR: _("Without encryption only a server on this machine may be used."),
        Fault.SILENT: _("The server %(host)s does not answer any more."),
        Fault.OTHER: _("The server says: %(words)s"),
    }[Fault(fault or Fault.OTHER)] % where


def _remedy(step: Step, provider: Provider | None) -> tuple[str, str]:
    if provider is None or step.fault is not Fault.SIGN_IN:
        return "", ""
    if client_named(provider.needs):
        return _("Continue with %(provider)s instead: no password is needed then.") % {
            "provider": provider.name
        }, ""
    return {
        Needs.PASSWORD: ("", ""),
        Needs.APP_PASSWORD: (
            _("This provider wants a password made for one program: it is made in your account there."),
            provider.help_at,
        ),
        Needs.GOOGLE: (
            _("Google wants an app password: switch two-step verification on, then make one for Relance."),
            provider.help_at,
        ),
        Needs.MICROSOFT: (
            _("Microsoft takes no password any more from mail programs: your administrator has to allow it."),
            "",
        ),
        Needs.BRIDGE: (_("Proton is read through Proton Mail Bridge, on this machine: start it first."), ""),
        Needs.IMAP_ON: (_("Switch IMAP on in the settings of the mailbox first."), ""),
    }[provider.needs]


def domain_lines(mailbox: Mailbox) -> list[Line]:
    """What DNS says of the domain, where it answered."""
    records, domain = mailbox.records, mailbox.address.rpartition("@")[2]
    found = []
    if records.get("spf"):
        found.append(_ok(_("%(domain)s says which servers may send for it (SPF).") % {"domain": domain}))
    elif records.get("spf") == "":
        found.append(
            Line(
                "todo", "alert",
                _("%(domain)s does not say which servers may send for it (SPF): some will file your messages as "
                  "unwanted.") % {"domain": domain},
                _("Your host gives the line to add."),
            )
        )  # fmt: skip
    if records.get("signs"):
        found.append(_ok(_("Messages of %(domain)s are signed (DKIM).") % {"domain": domain}))
    if records.get("dmarc"):
        found.append(_ok(_("%(domain)s says what a forged message deserves (DMARC).") % {"domain": domain}))
    elif records.get("dmarc") == "":
        line = f'_dmarc.{domain}. TXT "v=DMARC1; p=none"'
        found.append(
            Line(
                "todo", "alert",
                _("%(domain)s does not say what a forged message deserves (DMARC): some servers are wary of that.")
                % {"domain": domain},
                _("The line to give to your host: %(line)s") % {"line": line},
            )
        )  # fmt: skip
    return found
