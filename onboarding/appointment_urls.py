"""Addresses of appointments; see onboarding/urls.py."""

from django.urls import URLPattern, path

from onboarding.views import appointments, imports, manager

urlpatterns: list[URLPattern] = [
    path("declare/", appointments.declare, name="declare"),
    path("nominate/", appointments.nominate, name="nominate"),
    path("confirm/<str:token>/", appointments.confirm, name="confirm"),
    path("manager/", manager.manager, name="manager"),
    path("manager/<int:pk>/", manager.managed, name="managed"),
    path("manager/<int:pk>/talk/", manager.talk, name="talk"),
    path("facilitate/imports/", imports.import_file, name="imports"),
    path("facilitate/imports/<int:pk>/", imports.import_batch, name="import_batch"),
]
