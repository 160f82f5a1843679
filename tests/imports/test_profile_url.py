"""Addresses of profiles, in all the forms people paste."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.imports.area_words import KeyKind
from relance.imports.linkedin.profile_url import profile_key

SLUG, MEMBER = KeyKind.LINKEDIN_SLUG, KeyKind.LINKEDIN_MEMBER


@pytest.mark.parametrize(
    ("url", "kind", "value"),
    [
        ("https://www.linkedin.com/in/zo%C3%A9-brandt-fictif-3b2a91", SLUG, "zoé-brandt-fictif-3b2a91"),
        ("https://www.linkedin.com/in/zoé-brandt-fictif-3b2a91", SLUG, "zoé-brandt-fictif-3b2a91"),
        ("https://www.linkedin.com/in/zoe\u0301", SLUG, "zoé"),
        ("https://www.linkedin.com/in/zo%25C3%25A9", SLUG, "zoé"),
        ("HTTP://FR.LinkedIn.com/in/Hugo-Sample/", SLUG, "hugo-sample"),
        ("linkedin.com/in/hugo-sample/fr?originalSubdomain=fr", SLUG, "hugo-sample"),
        ("//m.linkedin.com/mwlite/in/hugo-sample#x", SLUG, "hugo-sample"),
        ("www.linkedin.com/comm/in/hugo-sample?trk=mail&utm_source=share", SLUG, "hugo-sample"),
        ("www.linkedin.com/pub/hugo-sample/1a/2b3/4c5", SLUG, "hugo-sample-4c52b31a"),
        (" https://www.linkedin.com/in/hugo-sample ", SLUG, "hugo-sample"),
        ("https://www.linkedin.com/in/ACoAAFictif01-_x/", MEMBER, "ACoAAFictif01-_x"),
        ("https://www.linkedin.com/sales/lead/ACwAAFictif001,NAME_SEARCH,abcd", MEMBER, "ACwAAFictif001"),
        ("https://www.linkedin.com/talent/profile/AEMAAFictif1?x=1", MEMBER, "AEMAAFictif1"),
    ],
)
def test_people(url: str, kind: KeyKind, value: str) -> None:
    assert profile_key(url) == (kind, value)


@pytest.mark.parametrize(
    "url",
    [
        "", "https://www.linkedin.com/in", "https://www.linkedin.com/in/", "https://www.linkedin.com/in/?x=1",
        "https://www.linkedin.com/company/brumelle", "https://www.linkedin.com/school/x", "https://www.linkedin.com",
        "https://example.org/in/hugo", "https://evil-linkedin.com/in/hugo", "https://linkedin.com.example.org/in/a",
        "hugo-sample", "https://www.linkedin.com/in/%20", "https://www.linkedin.com/in/a%00b",
        "https://www.linkedin.com/sales/lead/", "https://www.linkedin.com/in/%2Fetc",
    ],
)  # fmt: skip
def test_nobody(url: str) -> None:
    assert profile_key(url) is None


slugs = st.text(
    st.characters(categories=("Ll", "Lo", "Nd"), include_characters="-"), min_size=1, max_size=40
).map(lambda text: unicodedata.normalize("NFC", text.lower()))


@given(slugs)
def test_written_raw_or_encoded_it_is_the_same_person(slug: str) -> None:
    raw = profile_key(f"https://www.linkedin.com/in/{slug}")
    assert raw == profile_key(f"https://fr.linkedin.com/in/{quote(slug)}/?originalSubdomain=fr")
    assert raw == profile_key(f"linkedin.com/in/{quote(quote(slug))}")
    assert raw is not None
    assert profile_key(f"https://www.linkedin.com/in/{quote(raw.value)}") == raw


@given(st.text(max_size=80))
def test_nothing_breaks_it_and_a_slug_holds_no_separator(tail: str) -> None:
    for prefix in ("", "https://www.linkedin.com/", "https://www.linkedin.com/in/"):
        found = profile_key(prefix + tail)
        if found is not None and found.kind is SLUG:
            assert not set(found.value) & set("/?# \n\t")
            assert found.value == unicodedata.normalize("NFC", found.value)


@given(st.from_regex(r"AC[ow]AA[A-Za-z0-9_-]{5,30}", fullmatch=True))
def test_a_member_id_keeps_its_case(member: str) -> None:
    assert profile_key(f"https://www.linkedin.com/in/{member}") == (MEMBER, member)
