"""A message as it leaves: plain text with a light HTML alternative, and the headers of its thread."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

# A header field holds 998 characters a line; a chain this long is cut in its middle, as RFC 5322 lets one do.
LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent. `sent_at` is aware; ids are with their angle brackets.

    `unsubscribe_url` (https) makes a one-click header of RFC 8058, `unsubscribe_mail` its mail form;
    `reply_to` is where an answer should go, if not to the sender.
    """

    sender_name: str
    sender: str
    to_name: str
    to: str
    subject: str
    text: str
    message_id: str
    sent_at: datetime
    in_reply_to: str = ""
    references: Sequence[str] = ()
    reply_to: str = ""
    unsubscribe_url: str = ""
    unsubscribe_mail: str = ""


class BadAddress(ValueError):
    """An address that no header can hold."""


def compose(letter: Letter) -> bytes:
    """The whole message with CRLF, ready for SMTP and for a Sent folder. Raises BadAddress."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender_name, letter.sender)
    message["To"] = _address(letter.to_name, letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.sent_at)
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = letter.in_reply_to
    chain = cut(letter.references)
    if chain:
        message["References"] = " ".join(chain)
    if letter.reply_to:
        message["Reply-To"] = _address(letter.sender_name, letter.reply_to)
    _unsubscribe(message, letter)
    text = letter.text.replace("\r\n", "\n").strip() + "\n"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(as_html(text), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _unsubscribe(message: EmailMessage, letter: Letter) -> None:
    """RFC 2369, and RFC 8058 where there is an address that takes the one-click POST."""
    ways = []
    if letter.unsubscribe_url:
        ways.append(f"<{letter.unsubscribe_url}>")
    if letter.unsubscribe_mail:
        ways.append(f"<mailto:{letter.unsubscribe_mail}?subject=stop>")
    if ways:
        message["List-Unsubscribe"] = ", ".join(ways)
    if letter.unsubscribe_url.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def one_line(text: str) -> str:
    """A text as one header line: no line break can add a header."""
    return " ".join(text.split())


def _address(name: str, mail: str) -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=mail.strip())
    except (ValueError, IndexError) as error:
        raise BadAddress(mail) from error


def cut(references: Sequence[str]) -> list[str]:
    """The chain of a thread: its first message and the latest ones (RFC 5322, 3.6.4)."""
    chain = list(dict.fromkeys(each for each in references if each))
    return chain if len(chain) <= LONGEST_CHAIN else [chain[0], *chain[-LONGEST_CHAIN + 1 :]]


_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")


def as_html(text: str) -> str:
    """The text as paragraphs, its addresses as links, and nothing else: it looks as if typed by hand."""
    paragraphs = [block.strip("\n") for block in re.split(r"\n{2,}", text.strip("\n"))]
    body = "\n".join(f"<p>{_inline(block)}</p>" for block in paragraphs if block.strip())
    return f"<!doctype html>\n<html><body>\n{body}\n</body></html>\n"


def _inline(block: str) -> str:
    parts: list[str] = []
    at = 0
    for link in _LINK.finditer(block):
        address = html.escape(link.group())
        parts.append(html.escape(block[at : link.start()]))
        parts.append(f'<a href="{address}">{address}</a>')
        at = link.end()
    parts.append(html.escape(block[at:]))
    return "".join(parts).replace("\n", "<br>\n")
