"""A mail provider made of what providers really run: Exim takes and returns, Dovecot delivers, sieves and serves.

Everything at `ormel.example` (ours) and `brume.example` (theirs) has a mailbox of its own. Of theirs, `absente`
is away for ten days, `inconnu` is not there, `plein` takes no more and `lent` is slow. Needs Exim and Dovecot with
Sieve and IMAP, and to be root.
"""

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from relance.mail.reading import Fetched, reader
from relance.mail.sending import Login, Security, Server
from tests.mail_servers import PASSWORD
from tests.serving import free_port

_SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
EXIM = shutil.which("exim4", path=_SBIN)
DOVECOT = shutil.which("dovecot", path=_SBIN)
LDA = Path("/usr/lib/dovecot/dovecot-lda")
IMAP = Path("/usr/lib/dovecot/imap")
LACKING = not EXIM or not DOVECOT or not LDA.exists() or not IMAP.exists() or os.geteuid() != 0
AWAY_UNTIL = datetime.now(UTC).date() + timedelta(days=10)
WHY = "needs Exim, Dovecot with Sieve and IMAP, and to be root"

EXIM_CONFIGURATION = """
primary_hostname = mx.brume.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
exim_user = root
exim_group = root
keep_environment =
qualify_domain = brume.example
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
acl_smtp_rcpt = recipient
acl_smtp_data = accept_it
domainlist here = ormel.example : brume.example
delay_warning = 1s:24h
queue_run_max = 1
begin acl
recipient:
  deny local_parts = refuse
       message = 5.7.1 We take nothing of this kind
  accept domains = +here
  accept authenticated = *
  deny message = relay not permitted
accept_it:
  accept
begin routers
nobody:
  driver = redirect
  domains = brume.example
  local_parts = inconnu
  allow_fail
  data = :fail: 550 5.1.1 User unknown
full:
  driver = redirect
  domains = brume.example
  local_parts = plein
  allow_fail
  data = :fail: 552 5.2.2 Mailbox full
slow:
  driver = redirect
  domains = brume.example
  local_parts = lent
  allow_defer
  data = :defer: 450 4.2.0 greylisted, try again later
everybody:
  driver = accept
  domains = +here
  local_part_suffix = +*
  local_part_suffix_optional
  transport = box
begin transports
box:
  driver = pipe
  command = {folder}/deliver
  environment = HOME={folder}/home
  user = nobody
  group = nogroup
  current_directory = /
  home_directory = {folder}/home
  return_fail_output
  message_prefix =
  message_suffix =
begin retry
* * F,2h,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${{if eq{{$auth3}}{{{password}}}}}
  server_set_id = $auth2
  server_prompts = :
"""
DELIVER = """#!/bin/sh
exec {lda} -c {folder}/lda.conf -f "$SENDER" -a "$RECIPIENT" \\
  -o mail_location=maildir:{folder}/mail/$LOCAL_PART -o plugin/sieve=file:{folder}/sieve/$LOCAL_PART.sieve
"""
LDA_CONFIGURATION = """
log_path = {folder}/lda.log
postmaster_address = postmaster@brume.example
hostname = mx.brume.example
sendmail_path = {folder}/sendmail
ssl = no
protocols =
lda_mailbox_autocreate = yes
protocol lda {{
  mail_plugins = sieve
}}
"""
VACATION = """require ["vacation"];
vacation :days 1 :subject "Absence du bureau" :addresses ["absente@brume.example"] "Bonjour,
Je suis absente jusqu'au {until} inclus.";
"""
DOVECOT_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Archive {{
    special_use = \\Archive
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
OAUTH2_CONFIGURATION = """
introspection_mode = auth
introspection_url = {provider}/userinfo
username_attribute = mailbox
"""


@dataclass
class PostOffice:
    """The running provider."""

    folder: Path
    smtp_port: int
    imap_port: int

    @property
    def smtp(self) -> Server:
        return Server("127.0.0.1", self.smtp_port, Security.NONE)

    @property
    def imap(self) -> Server:
        return Server("127.0.0.1", self.imap_port, Security.NONE)

    def came_to(self, name: str, *, at_least: int = 1, folder: str = "INBOX") -> list[bytes]:
        """What is in somebody's mailbox, once that many have come."""
        deadline = time.monotonic() + 20
        while True:
            found = self._in(name, folder)
            if len(found) >= at_least or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        assert len(found) >= at_least, f"{len(found)} of {at_least} in the mailbox of {name}"
        return [one.raw for one in found]

    def _in(self, name: str, folder: str) -> list[Fetched]:
        with reader(self.imap, Login(name, PASSWORD)) as inside:
            inside.open(folder)
            return list(inside.fetch(inside.uids_after(0)))

    def post(self, raw: bytes, sender: str, to: str) -> None:
        """Send a message as any mail program would."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20) as smtp:
            smtp.sendmail(sender, [to], raw)

    def files(self, name: str, raw: bytes, folder: str) -> None:
        with reader(self.imap, Login(name, PASSWORD)) as inside:
            inside.append(folder, raw, datetime.now(UTC))


def _write(folder: Path, office: PostOffice, provider: str) -> None:
    values = {"folder": folder, "password": PASSWORD, "lda": LDA}
    (folder / "exim.conf").write_text(EXIM_CONFIGURATION.format(port=office.smtp_port, **values))
    (folder / "lda.conf").write_text(LDA_CONFIGURATION.format(**values))
    (folder / "dovecot.conf").write_text(DOVECOT_CONFIGURATION.format(port=office.imap_port, **values))
    (folder / "oauth2.conf").write_text(OAUTH2_CONFIGURATION.format(provider=provider))
    for name in ("run", "state", "home", "mail", "sieve", "log", "spool"):
        (folder / name).mkdir()
    for name in ("home", "mail", "sieve"):
        (folder / name).chmod(0o777)
    (folder / "sieve" / "absente.sieve").write_text(VACATION.format(until=f"{AWAY_UNTIL:%d/%m/%Y}"))
    (folder / "lda.log").touch()
    (folder / "lda.log").chmod(0o666)
    (folder / "deliver").write_text(DELIVER.format(**values))
    (folder / "deliver").chmod(0o755)
    sendmail = folder / "sendmail"
    sendmail.write_text(  # what Sieve answers goes back through Exim's own door
        "#!/usr/bin/env python3\nimport smtplib, sys\n"
        "words = sys.argv[1:]\n"
        "sender = words[words.index('-f') + 1] if '-f' in words else ''\n"
        f"with smtplib.SMTP('127.0.0.1', {office.smtp_port}) as smtp:\n"
        "    smtp.sendmail('' if sender == '<>' else sender, [words[-1]], sys.stdin.buffer.read())\n"
    )
    sendmail.chmod(0o755)


@contextmanager
def post_office(provider: str = "http://127.0.0.1:9") -> Iterator[PostOffice]:
    """Exim and Dovecot until the block ends; `provider` is whom Dovecot asks about access tokens."""
    folder = Path(tempfile.mkdtemp(prefix="relance-post-"))
    folder.chmod(0o777)
    office = PostOffice(folder, free_port(), free_port())
    _write(folder, office, provider)
    exim = [str(EXIM), "-C", str(folder / "exim.conf")]
    log = (folder / "out").open("wb")
    running = [
        subprocess.Popen([*exim, "-bdf", "-q1s"], stdout=log, stderr=log),
        subprocess.Popen([str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")], stdout=log, stderr=log),
    ]
    try:
        for port in (office.smtp_port, office.imap_port):
            answers(port, folder)
        yield office
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def answers(port: int, folder: Path) -> None:
    """Wait until a server speaks on that port; what it wrote in its folder is told when it does not."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.settimeout(5)
                if line.recv(4):
                    return
        except OSError:
            time.sleep(0.1)
    logs = [path.read_text(errors="replace") for path in folder.glob("*log") if path.is_file()]
    raise AssertionError("a server did not start: " + (folder / "out").read_text() + "\n".join(logs))
