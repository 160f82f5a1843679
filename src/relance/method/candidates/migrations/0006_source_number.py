from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0005_started_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="identity",
            name="kind",
            field=models.CharField(
                choices=[
                    ("linkedin", "LinkedIn"),
                    ("linkedin_member", "LinkedIn member id"),
                    ("email", "mail"),
                    ("phone", "phone"),
                    ("source_number", "number in another tool"),
                ],
                max_length=16,
            ),
        ),
    ]
