from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_approaches_a_week"),
        ("candidates", "0006_source_number"),
        ("outreach", "0009_pause_of_a_position"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["candidate", "at", "id"], name="event_of_candidate"),
        ),
        migrations.RemoveIndex(model_name="event", name="event_by_candidate"),
    ]
