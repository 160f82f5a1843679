from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0001_mailboxes"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="access",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="access_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="watched_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="watcher",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="folder",
            name="role",
            field=models.CharField(
                choices=[("inbox", "Inbox"), ("sent", "Sent"), ("archive", "Archive")], max_length=8
            ),
        ),
        migrations.AlterField(
            model_name="mailbox",
            name="sign_in",
            field=models.CharField(
                choices=[("password", "password"), ("google", "Google"), ("microsoft", "Microsoft")],
                default="password",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="outgoing",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unread", "Unread"),
                    ("answered", "Answered"),
                    ("held", "Held"),
                    ("refused", "Refused"),
                    ("gave_up", "Gave Up"),
                    ("disconnected", "Disconnected"),
                    ("perhaps", "Perhaps"),
                ],
                max_length=12,
            ),
        ),
    ]
