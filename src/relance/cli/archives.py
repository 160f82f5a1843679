"""The sentences of an archive that cannot be used."""

from django.utils.translation import gettext as _

from relance.cli.refusal import Refusal
from relance.imports.linkedin.reasons import BadArchive
