from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0006_last_word"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcingsession",
            name="left",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
