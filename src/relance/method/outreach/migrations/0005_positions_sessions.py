import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_installed_key"),
        ("candidates", "0003_likeness_of_those_there_are"),
        ("outreach", "0004_by_next_step"),
    ]

    operations = [
        migrations.AddField(
            model_name="outreach",
            name="hook",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="permit",
            name="fact",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="permits",
                to="outreach.event",
            ),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("client", models.CharField(blank=True, max_length=150)),
                ("client_masked", models.BooleanField(default=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("contract", models.CharField(blank=True, max_length=120)),
                ("pay_low", models.PositiveIntegerField(null=True)),
                ("pay_high", models.PositiveIntegerField(null=True)),
                ("pay_words", models.CharField(blank=True, max_length=120)),
                ("remote_days", models.PositiveSmallIntegerField(null=True)),
                ("stack", models.CharField(blank=True, max_length=300)),
                ("advert", models.URLField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True)),
                ("closing_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "why_closed",
                    models.CharField(
                        blank=True,
                        choices=[("filled", "Filled"), ("dropped", "Dropped"), ("paused", "Paused")],
                        max_length=8,
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
                    "owner",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="About",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
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
                        related_name="about",
                        to="outreach.outreach",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about",
                        to="outreach.position",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourcingSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("situation", models.CharField(max_length=24)),
                ("channel", models.CharField(max_length=10)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.organisation",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sessions",
                        to="outreach.position",
                    ),
                ),
                (
                    "recruiter",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.membership"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="outreach",
            name="session",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="outreaches",
                to="outreach.sourcingsession",
            ),
        ),
        migrations.AddIndex(
            model_name="outreach",
            index=models.Index(
                condition=models.Q(("session__isnull", False)),
                fields=["organisation", "session", "id"],
                name="outreach_by_session",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["organisation", "closed_at", "-opened_at", "-id"], name="position_listed"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pay_low__isnull", True),
                    ("pay_high__isnull", True),
                    ("pay_high__gte", models.F("pay_low")),
                    _connector="OR",
                ),
                name="position_pay_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("remote_days__isnull", True), ("remote_days__lte", 5), _connector="OR"),
                name="position_remote_days_are_of_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("why_closed", "")),
                    models.Q(
                        ("closed_at__isnull", False), ("why_closed__in", ["filled", "dropped", "paused"])
                    ),
                    _connector="OR",
                ),
                name="position_is_closed_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="about",
            index=models.Index(fields=["outreach", "order", "id"], name="about_of_outreach"),
        ),
        migrations.AddIndex(
            model_name="about",
            index=models.Index(fields=["position", "outreach"], name="about_of_position"),
        ),
        migrations.AddConstraint(
            model_name="about",
            constraint=models.UniqueConstraint(
                fields=("organisation", "outreach", "position"), name="outreach_is_about_it_once"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcingsession",
            index=models.Index(
                fields=["organisation", "recruiter", "-opened_at"], name="session_by_recruiter"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcingsession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("organisation", "recruiter"),
                name="one_open_session_per_recruiter",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "situation__in",
                        [
                            "linkedin_invitation",
                            "first_message",
                            "cv_database",
                            "application",
                            "keep_in_touch",
                            "conversation",
                        ],
                    )
                ),
                name="session_situation_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "linkedin", "inmail", "sms", "call"])),
                name="session_channel_is_known",
            ),
        ),
    ]
