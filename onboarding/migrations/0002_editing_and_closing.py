
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onboarding', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='journey',
            name='goes_on',
            field=models.CharField(blank=True, choices=[('continues', 'We go on as mentor and mentee'), ('peers', 'We go on as peers, each with questions to the other'), ('closes', 'We close the mentorship'), ('nobody', 'I had no mentor')], db_default='', default='', max_length=10, verbose_name='how the pair goes on'),
        ),
        migrations.AddField(
            model_name='journey',
            name='outcome',
            field=models.TextField(blank=True, db_default='', default='', help_text='Read by the person and their mentor.', max_length=2000, verbose_name='what came of it'),
        ),
        migrations.AddField(
            model_name='letter',
            name='edited',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='edited_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letter',
            name='version',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name='step',
            name='kept',
            field=models.JSONField(blank=True, db_default={}, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='steptemplate',
            name='edited',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='steptemplate',
            name='edited_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='steptemplate',
            name='is_required',
            field=models.BooleanField(db_default=True, default=True, help_text='The path ends without a step that need not be.', verbose_name='has to be done'),
        ),
        migrations.AddField(
            model_name='steptemplate',
            name='version',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='journey',
            name='paused_on',
            field=models.DateField(blank=True, help_text='Since when no date runs: leave, or silence before it was put to sleep.', null=True),
        ),
    ]
