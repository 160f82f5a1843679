from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_installed_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="has_linkedin_premium",
            field=models.BooleanField(default=False, verbose_name="LinkedIn Premium"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="invitations_a_week",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="LinkedIn invitations a week"),
        ),
    ]
