"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from people.views.directory import directory
from people.views.profile import confirm, leavers, my_profile, person
from people.views.roles import check, finder, role, roles, tell
from people.views.told import told

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", directory, name="directory"),
    path("check/", check, name="check"),
    path("finder/", finder, name="finder"),
    path("finder/tell/", tell, name="tell"),
    path("told/", told, name="told"),
    path("roles/", roles, name="roles"),
    path("roles/<slug:slug>/", role, name="role"),
    path("leavers/", leavers, name="leavers"),
    path("me/confirm/", confirm, name="confirm"),
    path("me/", my_profile, name="me"),
    path("<int:pk>/", person, name="person"),
]
