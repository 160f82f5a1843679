from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0005_positions_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="permit",
            name="last_word",
            field=models.BooleanField(default=False),
        ),
    ]
