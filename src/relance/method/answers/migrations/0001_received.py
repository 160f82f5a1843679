import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_installed_key"),
        ("candidates", "0003_likeness_of_those_there_are"),
        ("delivery", "0001_mailboxes"),
        ("outreach", "0004_by_next_step"),
    ]

    operations = [
        migrations.CreateModel(
            name="Received",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=255)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("human", "human"),
                            ("auto_reply", "auto_reply"),
                            ("bounce_hard", "bounce_hard"),
                            ("bounce_soft", "bounce_soft"),
                            ("delay", "delay"),
                            ("challenge", "challenge"),
                            ("list_or_notification", "list_or_notification"),
                            ("unsubscribe", "unsubscribe"),
                            ("complaint", "complaint"),
                        ],
                        max_length=24,
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=24)),
                ("linkedin", models.CharField(blank=True, max_length=24)),
                ("why", models.CharField(blank=True, max_length=60)),
                ("rules_version", models.PositiveSmallIntegerField()),
                (
                    "matched_by",
                    models.CharField(
                        choices=[
                            ("token", "Token"),
                            ("thread", "Thread"),
                            ("address", "Address"),
                            ("name", "Name"),
                            ("hand", "Hand"),
                        ],
                        max_length=8,
                    ),
                ),
                ("returns_on", models.DateField(null=True)),
                (
                    "tone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("positive", "positive"),
                            ("unknown", "unknown"),
                            ("later", "later"),
                            ("not_this_one", "not_this_one"),
                            ("not_looking", "not_looking"),
                            ("negative", "negative"),
                        ],
                        max_length=14,
                    ),
                ),
                ("tone_why", models.CharField(blank=True, max_length=60)),
                ("resume_on", models.DateField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("taken_in_at", models.DateTimeField()),
                (
                    "sorting",
                    models.CharField(
                        choices=[
                            ("to_sort", "To Sort"),
                            ("sorted", "Sorted"),
                            ("set_aside", "Set Aside"),
                            ("not_them", "Not Them"),
                        ],
                        default="to_sort",
                        max_length=10,
                    ),
                ),
                ("sorted_at", models.DateTimeField(null=True)),
                ("raw", models.BinaryField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="received",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outreach.event",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="received",
                        to="delivery.mailbox",
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
                    "outgoing",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="delivery.outgoing",
                    ),
                ),
                (
                    "outreach",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="received",
                        to="outreach.outreach",
                    ),
                ),
                (
                    "sorted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sorting", "to_sort")),
                        fields=["organisation", "mailbox", "sent_at"],
                        name="received_to_sort",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "message_id"), name="received_once")
                ],
            },
        ),
    ]
