"""The door of the web server."""

import gc
import os
from multiprocessing import parent_process
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")

application = get_wsgi_application()

# What was loaded stays: Python's search for cycles need not walk through it again while a page is made.
gc.collect()
gc.freeze()


def _end_with_server() -> None:
    """A process that serves, left alone by the one that listens, would hold the port and answer nobody's orders."""
    if (server := parent_process()) is not None:
        server.join()
        os._exit(1)


Thread(target=_end_with_server, daemon=True).start()
