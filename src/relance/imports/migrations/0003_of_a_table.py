import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_installed_key"),
        ("imports", "0002_of_a_mailbox"),
    ]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("reading", "Reading"),
                    ("mapping", "Mapping"),
                    ("read", "Read"),
                    ("keeping", "Keeping"),
                    ("kept", "Kept"),
                    ("refused", "Refused"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="TableMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("order", models.CharField(max_length=12)),
                ("used_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "fingerprint"), name="table_mapping_is_one"
                    )
                ],
            },
        ),
    ]
