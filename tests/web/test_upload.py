"""What is given is judged by what it holds, never by what it is called."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from relance.imports.area_files import MARK, folder
from relance.imports.jobs import advance_one_import
from relance.imports.models import Import


def zipped(**files: bytes) -> bytes:
    """A zip of those files, `_` in a name standing for its dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return stream.getvalue()


PHOTO = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
GIVEN = {
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 200, "no archive"),
    "program": (b"MZ\x90\x00" + b"\x00" * 300, "no archive"),
    "pdf": (b"%PDF-1.7\n" + b"\x00" * 99, "no archive"),
    "page": (b"<html>bonjour</html>", "nothing"),
    "photos and a note": (zipped(a_txt=b"bonjour\nles photos du mariage\n", b_png=PHOTO), "no archive"),
    "photos": (zipped(a_png=PHOTO, b_png=PHOTO), "no archive"),
    "cut zip": (b"PK\x03\x04" + b"x" * 300, "damaged"),
}
SAYS = {
    ("no archive", "fr"): "Ce n’est pas une archive de LinkedIn",
    ("no archive", "en"): "This is no archive of LinkedIn",
    ("nothing", "fr"): "On n’y trouve ni relations",
    ("nothing", "en"): "Neither connections nor messages nor invitations were found in it.",
    ("damaged", "fr"): "L’archive est abîmée",
    ("damaged", "en"): "The archive is damaged",
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", GIVEN)
def test_what_is_no_archive_is_refused_with_a_sentence_whatever_its_name(
    desk: Client, member: Any, now: datetime, name: str, language: str
) -> None:
    member.user.language = language
    member.user.save()
    content, why = GIVEN[name]
    file = SimpleUploadedFile("Basic_LinkedInDataExport.zip", content, content_type="application/zip")
    assert desk.post("/bienvenue/archive/", {"archive": file}).status_code == 302
    assert advance_one_import(clock=lambda: now) == 1
    assert Import.objects.get().state == "refused"
    page = desk.get("/bienvenue/").content.decode()
    assert escape(SAYS[why, language]) in page[page.index('role="alert"') :][:900]
    assert not [path for path in folder().iterdir() if path.name != MARK], "nothing of it is kept"


@pytest.mark.parametrize(
    "files",
    [
        {"candidats_csv": b"Nom;Mail\nAubrac;ines@exemple.example\n"},
        {"candidats_txt": b"Nom;Mail\nAubrac;ines@exemple.example\n", "b_png": PHOTO},
        {"a_txt": b"bonjour\n", "candidats_csv": b"Nom;Mail\nAubrac;ines@exemple.example\n"},
        {"mails_csv": b"ines@exemple.example\npaul@exemple.example\n"},
    ],
)
def test_a_table_in_a_zip_is_a_table_whatever_lies_beside(
    desk: Client, now: datetime, files: dict[str, bytes]
) -> None:
    desk.post("/bienvenue/archive/", {"archive": SimpleUploadedFile("donnees.zip", zipped(**files))})
    assert advance_one_import(clock=lambda: now) == 1
    row = Import.objects.get()
    assert (row.source, row.problem) == ("table", "")
    assert "ines@exemple.example" in desk.get("/bienvenue/").content.decode()
