"""Takes the person out of what was just posted. The rows live for an hour: those of before are forgotten."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Old digests were made without a key."""
    apps.get_model("composer", "Submission").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("composer", "0001_initial")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="submission", name="submission_once"),
        migrations.RemoveField(model_name="submission", name="owner"),
        migrations.AlterField(
            model_name="submission",
            name="digest",
            field=models.CharField(max_length=64, unique=True),
        ),
    ]
