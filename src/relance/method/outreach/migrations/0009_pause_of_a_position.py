from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_approaches_a_week"),
        ("outreach", "0008_rates"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="paused_until",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_until__isnull", True), ("why_closed", "paused"), _connector="OR"),
                name="position_pause_alone_has_an_end",
            ),
        ),
    ]
