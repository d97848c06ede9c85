"""Addresses of the app beside its pages; see portal/urls.py for where they hang (below the library of tools)."""

from django.urls import URLPattern, path

from playbook.views.tools import tool_download

app_name = "playbook"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/download.<slug:extension>", tool_download, name="tool_download"),
]
