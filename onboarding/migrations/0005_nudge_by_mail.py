from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0004_days_of_the_short_path"),
    ]

    operations = [
        migrations.AddField(
            model_name="nudge",
            name="by_mail",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
