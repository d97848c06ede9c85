"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from people.views.directory import directory
from people.views.profile import my_profile, person

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", directory, name="directory"),
    path("me/", my_profile, name="me"),
    path("<int:pk>/", person, name="person"),
]
