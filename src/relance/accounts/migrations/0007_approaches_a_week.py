from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_linkedin_of_a_member"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="approaches_a_week",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="approaches a week"),
        ),
    ]
