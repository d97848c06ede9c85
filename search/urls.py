"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import path

from search.views import results, suggestions

app_name = "search"
urlpatterns = [
    path("", results, name="results"),
    path("suggest/", suggestions, name="suggest"),
]
