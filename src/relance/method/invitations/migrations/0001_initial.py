import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_linkedin_of_a_member"),
        ("outreach", "0004_by_next_step"),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("waiting", "Waiting"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outreach.event",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="accounts.membership"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.organisation",
                    ),
                ),
                (
                    "outreach",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="outreach.outreach",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outreach", "on"], name="look_of_outreach"),
                    models.Index(fields=["organisation", "member", "on", "id"], name="look_of_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "outreach", "on"), name="one_look_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("said__in", ["accepted", "waiting", "withdrawn"])),
                        name="look_said_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event__isnull", True), ("said", "waiting")),
                            models.Q(models.Q(("said", "waiting"), _negated=True), ("event__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_a_fact_has_an_event",
                    ),
                ],
            },
        ),
    ]
