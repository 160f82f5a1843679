from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_approaches_a_week"),
        ("candidates", "0005_started_on"),
        ("outreach", "0007_session_lines_left"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("template", ""), _negated=True),
                fields=["template", "at"],
                name="event_by_template",
            ),
        ),
        migrations.AddIndex(
            model_name="outreach",
            index=models.Index(
                condition=models.Q(("situation", "linkedin_invitation")),
                fields=["organisation", "recruiter", "opened_at"],
                name="outreach_invited",
            ),
        ),
    ]
