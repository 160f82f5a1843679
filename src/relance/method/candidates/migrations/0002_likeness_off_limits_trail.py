import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_quiet_at_new_year"),
        ("candidates", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OffLimits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("company", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                (
                    "why",
                    models.CharField(
                        choices=[("client", "Client"), ("own", "Own"), ("other", "Other")], max_length=8
                    ),
                ),
                ("until_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("saw", "Saw"),
                            ("entered", "Entered"),
                            ("changed", "Changed"),
                            ("exported", "Exported"),
                            ("merged", "Merged"),
                            ("unmerged", "Unmerged"),
                            ("handed_over", "Handed Over"),
                            ("overrode", "Overrode"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="TwoPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="candidate",
            name="company_key",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="identity",
            name="alike",
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("company_key", ""), _negated=True),
                fields=["organisation", "company_key"],
                name="candidate_by_company",
            ),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(
                condition=models.Q(("alike", ""), _negated=True),
                fields=["organisation", "alike"],
                name="identity_alike",
            ),
        ),
        migrations.AddField(
            model_name="offlimits",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="offlimits",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="trace",
            name="candidate",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="traces",
                to="candidates.candidate",
            ),
        ),
        migrations.AddField(
            model_name="trace",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="trace",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="twopeople",
            name="one",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="candidates.candidate"
            ),
        ),
        migrations.AddField(
            model_name="twopeople",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="twopeople",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="candidates.candidate"
            ),
        ),
        migrations.AddField(
            model_name="twopeople",
            name="said_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="accounts.membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="offlimits",
            constraint=models.UniqueConstraint(
                fields=("organisation", "key"), name="off_limits_is_one_company"
            ),
        ),
        migrations.AddConstraint(
            model_name="offlimits",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["client", "own", "other"])), name="off_limits_why_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(fields=["candidate", "at", "id"], name="trace_by_candidate"),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(fields=["organisation", "at", "id"], name="trace_by_time"),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "saw")),
                fields=("organisation", "candidate", "member", "on"),
                name="a_look_is_traced_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "saw",
                            "entered",
                            "changed",
                            "exported",
                            "merged",
                            "unmerged",
                            "handed_over",
                            "overrode",
                        ],
                    )
                ),
                name="trace_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="twopeople",
            constraint=models.UniqueConstraint(
                fields=("organisation", "one", "other"), name="two_people_said_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="twopeople",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))), name="two_people_in_order"
            ),
        ),
    ]
