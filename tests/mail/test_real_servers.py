"""What Exim and Dovecot's Sieve really send back, understood. Run where both are installed, as root."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.mail.incoming import Cause, Incoming, Kind, classify
from tests.mail.letters import ALIAS, OURS, TOKEN

EXIM = shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LDA = Path("/usr/lib/dovecot/dovecot-lda")
pytestmark = pytest.mark.skipif(
    not EXIM or not LDA.exists() or os.geteuid() != 0, reason="needs Exim and Dovecot's Sieve, and to be root"
)

CONFIGURATION = """
primary_hostname = mx.ormel.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
exim_user = root
exim_group = root
keep_environment =
qualify_domain = ormel.example
delay_warning = 1s
begin routers
maud:
  driver = accept
  local_parts = maud
  local_part_suffix = +*
  local_part_suffix_optional
  transport = box
full:
  driver = redirect
  local_parts = full
  allow_fail
  data = :fail: 552 5.2.2 Mailbox full
later:
  driver = redirect
  local_parts = later
  allow_defer
  data = :defer: 450 4.2.0 greylisted, try again later
nobody:
  driver = redirect
  allow_fail
  data = :fail: Unknown user
begin transports
box:
  driver = appendfile
  file = {folder}/box
  user = nobody
  group = nogroup
  return_path_add
  envelope_to_add
begin retry
* * F,2h,1s
"""
SIEVE = """require ["vacation"];
vacation :days 1 :subject "Absence du bureau" :addresses ["ines@brume.example"] "Bonjour,
Je suis absente jusqu'au 31 décembre 2099 inclus, de retour lundi.";
"""
DOVECOT = """mail_location = maildir:{folder}/inbox
log_path = {folder}/lda.log
postmaster_address = postmaster@brume.example
sendmail_path = {folder}/sendmail
ssl = no
protocols =
plugin {{
  sieve = file:{folder}/vacation.sieve
}}
protocol lda {{
  mail_plugins = sieve
}}
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the servers' own users may enter, which pytest's are not."""
    made = Path(tempfile.mkdtemp(prefix="relance-mail-"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


def ours(to: str) -> bytes:
    """Without List-Unsubscribe: Sieve answers nothing that has it, as it answers no list."""
    return (
        f"From: Maud <maud@ormel.example>\nTo: {to}\nReply-To: {ALIAS}\nMessage-ID: {OURS}\n"
        "Subject: Un poste\n\nBonjour\n"
    ).encode()


def returned(folder: Path, to: str) -> Incoming:
    """What comes back from Exim for a message to that address."""
    (folder / "exim.conf").write_text(CONFIGURATION.format(folder=folder))
    command = [str(EXIM), "-C", str(folder / "exim.conf")]
    subprocess.run([*command, "-odi", "-f", "maud@ormel.example", to], input=ours(to), check=True)
    box = folder / "box"
    for _ in range(20):
        if box.exists() and box.stat().st_size:
            break
        time.sleep(0.5)
        subprocess.run([*command, "-qff"], check=True)
    return classify(box.read_bytes())


@pytest.mark.parametrize(
    ("local", "kind", "cause"),
    [
        ("ines", Kind.BOUNCE_HARD, Cause.UNKNOWN_PERSON),
        ("full", Kind.BOUNCE_SOFT, Cause.FULL),
        ("later", Kind.DELAY, Cause.POLICY),
    ],
)
def test_what_exim_returns_is_understood(folder: Path, local: str, kind: Kind, cause: Cause) -> None:
    came = returned(folder, f"{local}@ormel.example")
    assert (came.kind, came.cause) == (kind, cause)
    assert came.recipients == (f"{local}@ormel.example",)
    assert came.in_reply_to[0] == OURS
    assert came.returned_tokens == (TOKEN,)


def test_the_vacation_of_sieve_is_an_absence(folder: Path) -> None:
    (folder / "lda.conf").write_text(DOVECOT.format(folder=folder))
    (folder / "vacation.sieve").write_text(SIEVE)
    (folder / "sendmail").write_text(f"#!/bin/sh\ncat > {folder}/sent\n")
    (folder / "sendmail").chmod(0o755)
    subprocess.run(
        [str(LDA), "-c", str(folder / "lda.conf"), "-f", "maud@ormel.example", "-a", "ines@brume.example"],
        input=ours("ines@brume.example"), check=True, user="nobody", group="nogroup", extra_groups=[],
        env={"HOME": str(folder), "USER": "nobody", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    came = classify((folder / "sent").read_bytes())
    assert (came.kind, came.away, came.in_reply_to) == (Kind.AUTO_REPLY, True, (OURS,))
    assert came.sent_at is not None
    assert came.return_date is not None
    assert came.return_date.weekday() == 0
    assert 0 < (came.return_date - came.sent_at.date()).days <= 7
