"""The candidates there are get the forms by which a company and a mail address are found again."""

from typing import Any

from django.db import migrations

from relance.method.candidates.identities import company_key, mail_alike

AT_ONCE = 2000


def write(apps: Any, _schema: Any) -> None:
    candidate, identity = (apps.get_model("candidates", name) for name in ("Candidate", "Identity"))
    named = candidate.objects.exclude(company="").order_by("pk").only("pk", "company")
    _in_parts(candidate, named, "company_key", lambda row: company_key(row.company))
    mails = identity.objects.filter(kind="email").order_by("pk").only("pk", "value")
    _in_parts(identity, mails, "alike", lambda row: mail_alike(row.value))


def _in_parts(model: Any, rows: Any, field: str, form: Any) -> None:
    last = 0
    while part := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        for row in part:
            setattr(row, field, form(row))
        model.objects.bulk_update(part, [field], batch_size=200)
        last = part[-1].pk


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_likeness_off_limits_trail")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
