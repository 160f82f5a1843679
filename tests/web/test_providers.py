"""Coming in through an OpenID Connect provider: a real one, on loopback."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from relance.accounts.invitations import invite
from relance.accounts.models import Invitation, Membership, User
from relance.accounts.providers import Provider
from relance.accounts.team import end_membership
from relance.web.sign_in.providers import vouched_for
from tests.provider import OpenIdProvider


@pytest.fixture(scope="module")
def served() -> Iterator[OpenIdProvider]:
    with OpenIdProvider() as provider:
        yield provider


@pytest.fixture
def provider(served: OpenIdProvider, settings: Any) -> OpenIdProvider:
    settings.OIDC_PROVIDERS = (Provider("acme", "Acme", served.address, "relance", "secret", False),)
    return served


def body(response: Any) -> str:
    return str(response.content.decode())


def came_in(provider: OpenIdProvider, sub: str, **claims: object) -> tuple[Client, Any]:
    """A browser that went through the whole flow, and its last answer."""
    if claims:
        provider.knows(sub, **claims)
    browser = Client()
    sent = browser.post("/compte/oidc/acme/login/")
    assert sent.headers["Location"].startswith(provider.address)
    return browser, browser.get(provider.answers(sent.headers["Location"], sub=sub))


def verified(email: str, **more: object) -> dict[str, object]:
    return {"email": email, "email_verified": True, **more}


def is_in(browser: Client) -> bool:
    return browser.get("/touches/").status_code == 200


def test_the_sign_in_page_shows_the_doors_that_exist(
    client: Client, db: None, provider: OpenIdProvider, settings: Any
) -> None:
    page = body(client.get("/compte/login/"))
    assert "Entrer avec Acme" in page
    assert "passkey_login" not in page, "nobody has one"
    settings.OIDC_PROVIDERS = ()
    assert "/compte/oidc/" not in body(client.get("/compte/login/"))
    assert client.post("/compte/oidc/acme/login/").status_code == 404


def test_what_is_asked_of_the_provider(client: Client, db: None, provider: OpenIdProvider) -> None:
    sent = client.post("/compte/oidc/acme/login/").headers["Location"]
    asked = parse_qs(urlsplit(sent).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert asked["redirect_uri"] == ["http://testserver/compte/oidc/acme/login/callback/"]
    assert client.get("/compte/oidc/acme/login/").status_code == 200, "a look leads nowhere"


def test_a_member_comes_in_and_comes_again(
    provider: OpenIdProvider, colleague: Membership, member: Membership
) -> None:
    for _ in range(2):
        browser, answer = came_in(
            provider,
            "theo-1",
            **verified("Theo@Ormel.example", name="Autre Nom", picture="https://x.example/p"),
        )
        assert answer.headers["Location"] == "/"
        assert is_in(browser)
        assert "Théo Lancelin" in body(browser.get("/reglages/"))
    link = SocialAccount.objects.get()
    assert (link.user_id, link.uid, link.extra_data) == (colleague.user_id, "theo-1", {})
    assert User.objects.count() == 2


def test_who_is_invited_comes_in_with_their_role(provider: OpenIdProvider, member: Membership) -> None:
    invite(by=member, email="karim@ormel.example", role="manager", now=timezone.now())
    browser, answer = came_in(provider, "karim-1", **verified("karim@ormel.example", name="Karim Aït-Saïd"))
    assert answer.headers["Location"] == "/"
    assert is_in(browser)
    joined = Membership.objects.select_related("user").get(user__email="karim@ormel.example")
    assert (joined.role, joined.user.name) == ("manager", "Karim Aït-Saïd")
    assert not joined.user.has_usable_password()
    assert Invitation.objects.get().accepted_at is not None


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "theo@ormel.example", "email_verified": False},
        {"email": "theo@ormel.example"},
        {"email": "theo@ormel.example", "email_verified": "false"},
        {"email": "personne@ailleurs.example", "email_verified": True},
        {"email": "trop-tard@ormel.example", "email_verified": True},
        {"name": "Sans adresse"},
    ],
)
def test_anybody_else_reads_a_calm_sentence(
    provider: OpenIdProvider, member: Membership, colleague: Membership, claims: dict[str, object]
) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    invite(by=member, email="trop-tard@ormel.example", role="recruiter", now=long_ago)
    before = (User.objects.count(), Membership.objects.count())
    browser, answer = came_in(provider, "stranger", **claims)
    assert answer.status_code == 403
    assert "Personne n’est attendu ici" in body(answer)
    assert not is_in(browser)
    assert (User.objects.count(), Membership.objects.count()) == before
    assert not SocialAccount.objects.exists()


def test_who_left_does_not_come_in(
    provider: OpenIdProvider, member: Membership, colleague: Membership
) -> None:
    came_in(provider, "theo-2", **verified("theo@ormel.example"))
    end_membership(member=colleague, by=member, now=timezone.now())
    browser, answer = came_in(provider, "theo-2")
    assert answer.status_code == 403
    assert not is_in(browser)


def test_an_address_given_to_somebody_else_stays_outside(
    provider: OpenIdProvider, member: Membership, colleague: Membership
) -> None:
    came_in(provider, "theo-3", **verified("theo@ormel.example"))
    browser, answer = came_in(provider, "successor", **verified("theo@ormel.example"))
    assert answer.status_code == 403
    assert not is_in(browser)
    browser, answer = came_in(provider, "theo-3", **verified("maud@ormel.example"))
    assert answer.status_code == 403, "one person there is one member here"


def test_an_answer_that_was_not_asked_for(
    provider: OpenIdProvider, colleague: Membership, client: Client
) -> None:
    provider.knows("theo-4", **verified("theo@ormel.example"))
    asked = Client().post("/compte/oidc/acme/login/").headers["Location"]
    answer = client.get(provider.answers(asked, sub="theo-4"))
    assert answer.status_code == 401
    assert "réponse utilisable" in body(answer)
    assert not is_in(client), "the answer to another browser's question"


def test_turning_back_at_the_provider(provider: OpenIdProvider, client: Client, db: None) -> None:
    asked = client.post("/compte/oidc/acme/login/").headers["Location"]
    state = parse_qs(urlsplit(asked).query)["state"][0]
    answer = client.get(f"/compte/oidc/acme/login/callback/?error=access_denied&state={state}")
    assert answer.headers["Location"] == "/compte/3rdparty/login/cancelled/"
    assert "demi-tour" in body(client.get(answer.headers["Location"]))


def test_nothing_is_linked_from_inside(provider: OpenIdProvider, colleague: Membership) -> None:
    provider.knows("other", **verified("autre@ailleurs.example"))
    browser = Client()
    browser.force_login(colleague.user)
    sent = browser.post("/compte/oidc/acme/login/?process=connect").headers["Location"]
    assert browser.get(provider.answers(sent, sub="other")).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_down(settings: Any, client: Client, db: None) -> None:
    settings.OIDC_PROVIDERS = (Provider("acme", "Acme", "http://localhost:9", "relance", "secret", False),)
    response = client.post("/compte/oidc/acme/login/")
    assert response.status_code == 401
    assert "réponse utilisable" in body(response)


MICROSOFT = Provider("microsoft", "Microsoft", "https://login.example/t/v2.0", "id", "secret", True)
COMMON = Provider("microsoft", "Microsoft", "https://login.example/common/v2.0", "id", "secret", False)


@pytest.mark.parametrize(
    ("provider", "claims", "email"),
    [
        (MICROSOFT, {"userinfo": {"sub": "1", "email": "A@ormel.example"}}, "a@ormel.example"),
        (COMMON, {"userinfo": {"sub": "1", "email": "a@ormel.example"}}, ""),
        (MICROSOFT, {"userinfo": {"sub": "1", "email": "a@ormel.example", "email_verified": False}}, ""),
        (COMMON, {"userinfo": {"sub": "1", "email": "a@ormel.example", "email_verified": "true"}}, "a@ormel.example"),
        (MICROSOFT, {"userinfo": {"sub": "1", "preferred_username": "a@ormel.example"}}, ""),
        (MICROSOFT, {"userinfo": {"sub": "1", "email": "a@ormel.example"}, "id_token": {"sub": "2"}}, ""),
        (MICROSOFT, {"userinfo": {"sub": "1"}, "id_token": {"sub": "1", "email": "a@b.example"}}, "a@b.example"),
        (MICROSOFT, {"userinfo": {"sub": "1", "email": ["a@ormel.example"]}}, ""),
    ],
)  # fmt: skip
def test_whose_address_is_believed(provider: Provider, claims: dict[str, Any], email: str) -> None:
    assert vouched_for(claims, provider)[0] == email
