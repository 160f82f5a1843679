"""Every row has an owner, and the database keeps it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import UniqueConstraint

from relance.method.candidates.models import Candidate

OWNED_BY_NOBODY = {
    "Organisation": "it is the owner",
    "User": "an account may work at several desks",
    "SignInLink": "lets an account in, before any desk is known",
    "InstalledKey": "of the installation, whose keys all its desks share",
}
UNIQUE_EVERYWHERE = {
    ("User", "email"): "one account for one address",
    ("SignInLink", "digest"): "a global token",
    ("InstalledKey", "name"): "one key of each kind for the whole installation",
    ("Invitation", "digest"): "a global token",
    ("Import", "token"): "a global token: the name of its folder",
    ("Outgoing", "token"): "a global token: it stands in the address that answers come to",
}


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("relance.")]


def without_owner(given: list[type[models.Model]]) -> set[str]:
    """The tables whose rows do not say, always, which organisation they are of."""
    owned = {
        model
        for model in given
        for field in model._meta.fields
        if field.name == "organisation" and not field.null and isinstance(field, models.ForeignKey)
    }
    return {model.__name__ for model in set(given) - owned}


def open_constraints(given: list[type[models.Model]]) -> list[str]:
    """Unique constraints that would let one organisation be told by another's rows."""
    found = []
    for model in given:
        listed: list[tuple[str, Any]] = [
            (constraint.name, constraint.fields)
            for constraint in model._meta.constraints
            if isinstance(constraint, UniqueConstraint)
        ]
        listed += [("unique_together", fields) for fields in model._meta.unique_together]
        found += [f"{model.__name__}.{name}" for name, fields in listed if (*fields, "")[0] != "organisation"]
    return found


def test_every_table_belongs_to_an_organisation() -> None:
    assert without_owner(tables()) == set(OWNED_BY_NOBODY)


def test_what_is_unique_is_unique_within_an_organisation() -> None:
    class Loose(models.Model):  # noqa: DJ008 - an example of what is refused, never made
        slug = models.CharField(max_length=9)

        class Meta:
            app_label = "accounts"
            constraints = (UniqueConstraint(fields=["slug"], name="loose"),)

    try:
        assert open_constraints([Loose]) == ["Loose.loose"]
        assert without_owner([Loose]) == {"Loose"}
    finally:
        del apps.all_models["accounts"]["loose"]
        apps.clear_cache()
    assert open_constraints(tables()) == []
    unique = {
        (model.__name__, field.name)
        for model in tables()
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }
    assert unique == set(UNIQUE_EVERYWHERE)


def test_whoever_asks_for_one_candidate_reads_no_whole_table() -> None:
    """A key to a candidate stands first in some index: a candidate is of one organisation, and is asked for alone."""
    unread = [
        f"{model.__name__}.{field.name}"
        for model in tables()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Candidate
        and not getattr(field, "db_index", False)
        and field.name not in {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    ]
    assert unread == []
