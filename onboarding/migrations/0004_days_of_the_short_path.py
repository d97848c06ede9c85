"""The days of the short path go from the code to the steps, where facilitators set them."""

from typing import Any

from django.db import migrations, models

SHORT_PATH = {"S1": 1, "S3": 2, "S5": 7, "S7": 14, "S13": 45}


def fill(apps: Any, schema_editor: Any) -> None:
    """The days as they were."""
    for code, day in SHORT_PATH.items():
        apps.get_model("onboarding", "StepTemplate").objects.filter(code=code).update(short_day=day)


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0003_manager_pulse")]

    operations = [
        migrations.AddField(
            model_name="steptemplate",
            name="short_day",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Empty: the short path of the experienced leaves it out.",
                null=True,
                verbose_name="day on the short path",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
