"""An Exim that takes messages into its queue, on the disk, and delivers none: what a provider does while one waits."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.post_office import EXIM, answers
from tests.serving import free_port

CONFIGURATION = """
primary_hostname = mx.brume.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
exim_user = root
exim_group = root
keep_environment =
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
queue_only = true
acl_smtp_rcpt = anybody
acl_smtp_data = anybody
begin acl
anybody:
  accept
begin routers
nowhere:
  driver = redirect
  data = :blackhole:
"""


@contextmanager
def exim() -> Iterator[int]:
    """Its port, until the block ends. Needs Exim and to be root."""
    folder = Path(tempfile.mkdtemp(prefix="relance-exim-"))
    for name in ("spool", "log"):
        (folder / name).mkdir()
    port = free_port()
    (folder / "exim.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
    with (folder / "out").open("wb") as log:
        running = subprocess.Popen(
            [str(EXIM), "-C", str(folder / "exim.conf"), "-bdf"], stdout=log, stderr=log
        )
        try:
            answers(port, folder)
            yield port
        finally:
            running.terminate()
            running.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)
