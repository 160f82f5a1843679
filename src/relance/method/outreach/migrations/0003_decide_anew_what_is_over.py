"""What is over is decided anew by the worker, so that `ended_at` is written."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations


def stale(apps: Any, _schema: Any) -> None:
    rows = apps.get_model("outreach", "Outreach").objects.filter(action="stop", changes_at=None)
    rows.update(changes_at=datetime(2000, 1, 1, tzinfo=UTC))


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_hand_over_override_merge")]
    operations = [migrations.RunPython(stale, migrations.RunPython.noop, elidable=True)]
