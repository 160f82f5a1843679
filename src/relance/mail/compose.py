"""A message as it leaves: plain text with a light HTML alternative, and the headers of its thread."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime

from relance.mail.addresses import BadAddress, on_the_wire

# A header field holds 998 characters a line; a chain this long is cut in its middle, as RFC 5322 lets one do.
LONGEST_CHAIN = 12
ENCODED_LINE = 60
"""How long a line with encoded words may get: 76 (RFC 2047, 2), less the name of a header and the brackets."""


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


# The older half of the standard library: its headers are written once, where those of `EmailMessage` are parsed
# again at every step. A line may hold 998 characters (RFC 5322), and no id is folded away from its name.
_WIRE = compat32.clone(linesep="\r\n", max_line_length=998)
_WORDS = Charset("utf-8")
_WORDS.body_encoding = QP


def compose(letter: Letter) -> bytes:
    """The whole message with CRLF, ready for SMTP and for a Sent folder. Raises BadAddress."""
    text = letter.text.replace("\r\n", "\n").strip() + "\n"
    message = MIMEMultipart("alternative", policy=_WIRE)
    message.attach(MIMEText(text, "plain", _WORDS, policy=_WIRE))  # type: ignore[arg-type]  # typeshed knows names alone
    message.attach(MIMEText(as_html(text), "html", _WORDS, policy=_WIRE))  # type: ignore[arg-type]
    message["From"] = _address("From", letter.sender_name, letter.sender)
    message["To"] = _address("To", letter.to_name, letter.to)
    message["Subject"] = _words("Subject", letter.subject)
    message["Date"] = format_datetime(letter.sent_at)
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = letter.in_reply_to
    chain = cut(letter.references)
    if chain:
        message["References"] = " ".join(chain)
    if letter.reply_to:
        message["Reply-To"] = _address("Reply-To", letter.sender_name, letter.reply_to)
    _unsubscribe(message, letter)
    return message.as_bytes()


def _unsubscribe(message: Message, letter: Letter) -> None:
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


def _words(name: str, text: str) -> str:
    """Somebody's words as the value of a header, in encoded words (RFC 2047) where they are not plain ASCII."""
    line = one_line(text)
    if line.isascii() and "=?" not in line:
        return line
    return Header(line, "utf-8", header_name=name).encode()


def _address(header: str, name: str, mail: str) -> str:
    try:
        told = Address(one_line(name), addr_spec=on_the_wire(mail.strip()))
    except (ValueError, IndexError) as error:
        raise BadAddress(mail) from error
    words = _words(header, name)
    if words == told.display_name:
        return str(told)
    apart = "\n " if len(words.rpartition("\n")[2]) + len(told.addr_spec) > ENCODED_LINE else " "
    return f"{words}{apart}<{told.addr_spec}>"


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
