import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_installed_key"),
        ("candidates", "0003_likeness_of_those_there_are"),
        ("outreach", "0003_decide_anew_what_is_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("sender_name", models.CharField(blank=True, max_length=120)),
                (
                    "sign_in",
                    models.CharField(
                        choices=[("password", "Password"), ("google", "Google"), ("microsoft", "Microsoft")],
                        default="password",
                        max_length=10,
                    ),
                ),
                ("username", models.CharField(max_length=254)),
                ("secret", models.TextField(blank=True)),
                ("smtp_host", models.CharField(max_length=253)),
                ("smtp_port", models.PositiveIntegerField()),
                (
                    "smtp_security",
                    models.CharField(
                        choices=[("tls", "tls"), ("starttls", "starttls"), ("none", "none")], max_length=8
                    ),
                ),
                ("imap_host", models.CharField(max_length=253)),
                ("imap_port", models.PositiveIntegerField()),
                (
                    "imap_security",
                    models.CharField(
                        choices=[("tls", "tls"), ("starttls", "starttls"), ("none", "none")], max_length=8
                    ),
                ),
                ("daily_cap", models.PositiveSmallIntegerField(default=50)),
                ("spacing", models.PositiveSmallIntegerField(default=30)),
                ("files_sent", models.BooleanField(null=True)),
                ("takes_plus", models.BooleanField(null=True)),
                ("records", models.JSONField(default=dict)),
                ("tried_at", models.DateTimeField(null=True)),
                ("connected_at", models.DateTimeField()),
                ("disconnected_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("next_read_at", models.DateTimeField(null=True)),
                ("next_send_at", models.DateTimeField(null=True)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sign_in", "sign_in"),
                            ("no_server", "no_server"),
                            ("encryption", "encryption"),
                            ("in_clear", "in_clear"),
                            ("silent", "silent"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("fault_words", models.CharField(blank=True, max_length=300)),
                ("fault_at", models.DateTimeField(null=True)),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("leased_until", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailboxes",
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
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(choices=[("inbox", "Inbox"), ("sent", "Sent")], max_length=8)),
                ("name", models.CharField(max_length=255)),
                ("uidvalidity", models.PositiveBigIntegerField(default=0)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.organisation",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folders",
                        to="delivery.mailbox",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MailId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=255)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("from_us", models.BooleanField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_ids",
                        to="candidates.candidate",
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
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_ids",
                        to="outreach.outreach",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=255)),
                ("token", models.CharField(max_length=16, unique=True)),
                ("to_name", models.CharField(blank=True, max_length=200)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("in_reply_to", models.CharField(blank=True, max_length=255)),
                ("references", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("to_check", "To Check"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="ready",
                        max_length=10,
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unread", "Unread"),
                            ("answered", "Answered"),
                            ("held", "Held"),
                            ("refused", "Refused"),
                            ("gave_up", "Gave Up"),
                            ("disconnected", "Disconnected"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(default=0)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("last_event", models.PositiveBigIntegerField(default=0)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("leased_until", models.DateTimeField(null=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("filed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing",
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
                    "outreach",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="outreach.outreach",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="outreach.permit",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="mailbox",
            index=models.Index(
                condition=models.Q(("disconnected_at__isnull", True)),
                fields=["next_read_at"],
                name="mailbox_to_read",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.UniqueConstraint(
                condition=models.Q(("disconnected_at__isnull", True)),
                fields=("organisation", "address"),
                name="mailbox_is_connected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(
                fields=("organisation", "mailbox", "role"), name="folder_of_its_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailid",
            constraint=models.UniqueConstraint(fields=("organisation", "message_id"), name="mail_id_is_one"),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "ready")), fields=["mailbox", "due_at"], name="outgoing_due"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "ready")), fields=["due_at"], name="outgoing_due_anywhere"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["leased_until"], name="outgoing_claimed"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "to_check")),
                fields=["organisation", "mailbox"],
                name="outgoing_to_check",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("claimed_at__isnull", False)),
                fields=["mailbox", "claimed_at"],
                name="outgoing_of_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                fields=("organisation", "message_id"), name="outgoing_id_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                fields=("organisation", "permit"), name="one_message_per_permit"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                ),
                name="outgoing_sent_has_its_instant",
            ),
        ),
    ]
