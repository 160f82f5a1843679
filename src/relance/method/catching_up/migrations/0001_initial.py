import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_linkedin_of_a_member"),
        ("candidates", "0005_started_on"),
        ("outreach", "0004_by_next_step"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("line", models.CharField(blank=True, max_length=300)),
                ("link", models.CharField(blank=True, max_length=500)),
                ("before", models.CharField(blank=True, max_length=402)),
                ("after", models.CharField(blank=True, max_length=402)),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("taken", models.BooleanField(default=False)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outreach.event",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["organisation", "member", "found_at", "id"],
                        name="reason_to_settle",
                    ),
                    models.Index(fields=["organisation", "member", "settled_at"], name="reason_settled"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "work_anniversary",
                                    "job_change",
                                    "post_published",
                                    "date_requested",
                                    "silence",
                                ],
                            )
                        ),
                        name="reason_what_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken", False), ("settled_at__isnull", False), _connector="OR"),
                        name="a_reason_taken_up_is_settled",
                    ),
                ],
            },
        ),
    ]
