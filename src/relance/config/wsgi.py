"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")

application = get_wsgi_application()

# What was loaded stays: Python's search for cycles need not walk through it again while a page is made.
gc.collect()
gc.freeze()
