"""What one wants to be told, and when."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.crumbs import Crumb
from notifications.forms import SettingsForm
from notifications.mail.bundles import MAILS_A_DAY
from notifications.services.save_settings import save_settings, settings_of
from people.api import zone_of
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """The form of one's own settings."""
    me = cast("User", request.user)
    form = SettingsForm(request.POST or None, wish=settings_of(me))
    if request.method == "POST" and form.is_valid():
        changed = save_settings(person=me, values=form.values(), actor=me)
        messages.success(request, _("Your settings are saved.") if changed else _("Nothing had changed."))
        return redirect("notices:settings")
    context = {
        "form": form,
        "zone": zone_of(me).key,
        "mails_a_day": MAILS_A_DAY,
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Notices"), reverse("notices:list")),
            Crumb(_("Settings")),
        ],
    }
    return render(request, "notifications/settings.html", context, status=422 if form.errors else 200)
