"""Addresses of appointments; see onboarding/urls.py."""

from django.urls import URLPattern, path

from onboarding.views import appointments, ending, imports, manager, manager_pulse

urlpatterns: list[URLPattern] = [
    path("declare/", appointments.declare, name="declare"),
    path("nominate/", appointments.nominate, name="nominate"),
    path("confirm/<str:token>/", appointments.confirm, name="confirm"),
    path("claim/", ending.claim, name="claim"),
    path("leave/", ending.leave, name="leave"),
    path("manager/", manager.manager, name="manager"),
    path("manager/<int:pk>/", manager.managed, name="managed"),
    path("manager/<int:pk>/talk/", manager.talk, name="talk"),
    path("manager/<int:pk>/end/", ending.end, name="end"),
    path("manager/<int:pk>/pulse/", manager_pulse.manager_pulse, name="manager_pulse"),
    path("facilitate/pulses/", manager_pulse.manager_pulses, name="manager_pulses"),
    path("facilitate/imports/", imports.import_file, name="imports"),
    path("facilitate/imports/<int:pk>/", imports.import_batch, name="import_batch"),
]
