"""The firms there are get the quiet period that a new one begins with."""

from datetime import date
from typing import Any

from django.db import migrations


def plant(apps: Any, _schema: Any) -> None:
    absence = apps.get_model("accounts", "Absence")
    for organisation in apps.get_model("accounts", "Organisation").objects.order_by("pk").iterator():
        absence.objects.create(
            organisation=organisation, starts_on=date(2000, 12, 24), ends_on=date(2001, 1, 2), every_year=True
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_absences")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=True)]
