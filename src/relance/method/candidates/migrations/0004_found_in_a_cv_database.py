from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0003_likeness_of_those_there_are"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="cv_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="candidate",
            name="cv_source",
            field=models.CharField(blank=True, max_length=80),
        ),
    ]
