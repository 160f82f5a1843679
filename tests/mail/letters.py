"""Messages of invented people, composed as servers and mail programs compose them."""

from email.header import Header
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

OURS = "<5f0c2a@ormel.example>"
TOKEN = "abcdefgh234567ab"
MAUD = "maud@ormel.example"
ALIAS = f"maud+r-{TOKEN}@ormel.example"
INES = "ines.tavernier@brume.example"
SENT = "Mon, 06 Jul 2026 09:12:00 +0200"


def headed(part: Message, subject: str, **headers: str) -> bytes:
    """The part with the headers of a message; underscores in names stand for dashes."""
    fields = {"From": formataddr(("Inès Tavernier", INES)), "To": f"Maud Kervella <{MAUD}>", "Date": SENT} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    for name, value in fields.items():
        if value:
            part[name] = value if value.isascii() else Header(value, "utf-8").encode()
    part["Subject"] = subject if subject.isascii() else Header(subject, "utf-8").encode()
    return part.as_bytes()


def letter(text: str, subject: str = "Re: Un poste à Lyon", **headers: str) -> bytes:
    """A plain message that answers ours."""
    answering = {"In_Reply_To": OURS, "References": OURS, "Message_ID": "<r1@brume.example>"}
    return headed(MIMEText(text, "plain", "utf-8"), subject, **(answering | headers))


def alone(text: str, subject: str, **headers: str) -> bytes:
    """A plain message that answers nothing."""
    return letter(text, subject, **({"In_Reply_To": "", "References": ""} | headers))


def html_letter(html: str, **headers: str) -> bytes:
    return headed(MIMEText(html, "html", "utf-8"), "Re: Un poste à Lyon", In_Reply_To=OURS, **headers)


def outgoing() -> EmailMessage:
    """The message of ours that comes back in a notice."""
    sent = EmailMessage()
    sent["From"] = f"Maud Kervella <{MAUD}>"
    sent["Reply-To"] = ALIAS
    sent["To"] = INES
    sent["Subject"] = "Un poste à Lyon"
    sent["Message-ID"] = OURS
    sent["List-Unsubscribe"] = f"<mailto:{ALIAS}?subject=unsubscribe>"
    sent.set_content("Bonjour Inès,\n\nPour ne plus recevoir de message, répondez STOP.\n")
    return sent


def fields(named: dict[str, str]) -> Message:
    block = Message()
    for name, value in named.items():
        if value:
            block[name] = value
    return block


def report(
    *,
    status: str,
    diagnostic: str,
    action: str = "failed",
    subject: str = "Undelivered Mail Returned to Sender",
    notice: str = "Your message could not be delivered to one or more recipients.",
    **headers: str,
) -> bytes:
    """A delivery status notification (RFC 3464) as Postfix makes it."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole.attach(MIMEText(notice, "plain", "utf-8"))
    status_part = MIMENonMultipart("message", "delivery-status")
    recipient = {
        "Final-Recipient": f"rfc822; {INES}",
        "Action": action,
        "Status": status,
        "Diagnostic-Code": f"smtp; {diagnostic}" if diagnostic else "",
    }
    status_part.set_payload([fields({"Reporting-MTA": "dns; mx.ormel.example"}), fields(recipient)])
    whole.attach(status_part)
    whole.attach(MIMEMessage(outgoing()))
    daemon = {
        "From": "Mail Delivery System <MAILER-DAEMON@mx.ormel.example>",
        "Return_Path": "<>",
        "Auto_Submitted": "auto-replied",
    }
    return headed(whole, subject, **(daemon | headers))
