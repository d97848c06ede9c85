"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import URLPattern

app_name = "composer"
urlpatterns: list[URLPattern] = []
