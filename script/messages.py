"""Extract the sentences of code and templates with Babel, and update the catalogues."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "relance"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}


def sources() -> Iterator[tuple[str, bytes]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE.parent)), path.read_bytes()
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield str(path.relative_to(SOURCE.parent)), templatize(path.read_text("utf-8")).encode()


def extracted() -> Catalog:
    """Everything that is to be said, without places: a moved line changes no catalogue."""
    catalogue = Catalog(project="relance", charset="utf-8")
    for name, source in sources():
        method = "python" if name.endswith(".py") else "javascript"
        for _line, message, _comments, context in extract(
            method, io.BytesIO(source), keywords=KEYWORDS, options={"parse_template_string": "false"}
        ):
            catalogue.add(message, context=context, flags=("python-format",) if "%(" in str(message) else ())
    return catalogue


def update(language: str, template: Catalog) -> Catalog:
    path = SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    fresh = Catalog(locale=language, project="relance", charset="utf-8", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        old = known.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        string = old.string if old else ("" if isinstance(message.id, str) else ("", ""))
        if language == "en":
            string = message.id
        if not isinstance(message.id, str) and isinstance(string, str):
            string = (string, string)
        fresh.add(message.id, string, flags=message.flags, context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, fresh, omit_header=True, sort_output=True, width=110)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    path.write_text(header + buffer.getvalue().decode(), encoding="utf-8")
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not all(_strings(message.string))]


def _strings(string: object) -> list[str]:
    return [str(part) for part in string] if isinstance(string, list | tuple) else [str(string or "")]


def main() -> int:
    template = extracted()
    update("en", template)
    missing = untranslated(update("fr", template))
    for message in missing:
        print(f"to translate: {message}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
