from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_linkedin_of_a_member"),
        ("candidates", "0004_found_in_a_cv_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="started_on",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("started_on__isnull", False)),
                fields=["organisation", "started_on"],
                name="candidate_by_start",
            ),
        ),
    ]
