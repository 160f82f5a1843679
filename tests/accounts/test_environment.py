"""The providers, as the environment names them."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from relance.config.environment import read_environment

GOOGLE = {
    "RELANCE_OIDC": "google",
    "RELANCE_OIDC_GOOGLE_CLIENT_ID": "id",
    "RELANCE_OIDC_GOOGLE_CLIENT_SECRET": "secret",
}
MICROSOFT = {
    "RELANCE_OIDC": "microsoft",
    "RELANCE_OIDC_MICROSOFT_CLIENT_ID": "id",
    "RELANCE_OIDC_MICROSOFT_CLIENT_SECRET": "secret",
}
ANY = {
    "RELANCE_OIDC": "acme",
    "RELANCE_OIDC_ACME_CLIENT_ID": "id",
    "RELANCE_OIDC_ACME_CLIENT_SECRET": "secret",
    "RELANCE_OIDC_ACME_SERVER": "https://id.acme.example/realms/un/",
}


def test_none_unless_named() -> None:
    assert read_environment({}).oidc == ()


def test_google_and_any_other() -> None:
    both = GOOGLE | ANY | {"RELANCE_OIDC": "google, acme", "RELANCE_OIDC_ACME_LABEL": "la maison"}
    google, acme = read_environment(both).oidc
    assert (google.server, google.label, google.vouches) == ("https://accounts.google.com", "Google", False)
    assert (acme.server, acme.label, acme.vouches) == (
        "https://id.acme.example/realms/un",
        "la maison",
        False,
    )
    assert acme.origin == "https://id.acme.example"


@pytest.mark.parametrize(
    ("tenant", "vouches"),
    [
        ("ormel.example", True),
        ("3b1e7a52-0000-4000-8000-000000000000", True),
        ("common", False),
        ("Organizations", False),
        ("consumers", False),
        ("9188040d-6c67-4b5c-b112-36a304b66dad", False),
    ],
)
def test_microsoft_vouches_for_the_firms_own_tenant_alone(tenant: str, vouches: bool) -> None:
    (found,) = read_environment(MICROSOFT | {"RELANCE_OIDC_MICROSOFT_TENANT": tenant}).oidc
    assert found.server == f"https://login.microsoftonline.com/{tenant}/v2.0"
    assert found.vouches is vouches


@pytest.mark.parametrize(
    "wrong",
    [
        MICROSOFT,
        GOOGLE | {"RELANCE_OIDC_GOOGLE_CLIENT_ID": ""},
        GOOGLE | {"RELANCE_OIDC_GOOGLE_CLIENT_SECRET": ""},
        GOOGLE | {"RELANCE_OIDC": "google,Google"},
        GOOGLE | {"RELANCE_OIDC": "goo gle"},
        ANY | {"RELANCE_OIDC_ACME_SERVER": ""},
        ANY | {"RELANCE_OIDC_ACME_SERVER": "http://id.acme.example"},
        MICROSOFT | {"RELANCE_OIDC_MICROSOFT_TENANT": "ormel.example/../common"},
    ],
)
def test_what_means_nothing_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        read_environment(wrong)


def test_a_secret_in_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "google.secret"
    file.write_text("secret-of-the-file\n")
    source = GOOGLE | {
        "RELANCE_OIDC_GOOGLE_CLIENT_SECRET": "",
        "RELANCE_OIDC_GOOGLE_CLIENT_SECRET_FILE": str(file),
        "RELANCE_PRIVATE_KEY_FILE_CHECK": "yes",
    }
    file.chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        read_environment(source)
    file.chmod(0o600)
    assert read_environment(source).oidc[0].client_secret == "secret-of-the-file"
    file.unlink()
    with pytest.raises(ImproperlyConfigured, match="not there"):
        read_environment(source)
