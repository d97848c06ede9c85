"""Addresses of the app beside its pages; they hang below the playbook and stand in front of its pages."""

from django.urls import URLPattern, path

from playbook.views.glossary import glossary
from playbook.views.tools import tool_download

app_name = "playbook"
urlpatterns: list[URLPattern] = [
    path("glossary/", glossary, name="glossary"),
    path("tools/<slug:slug>/download.<slug:extension>", tool_download, name="tool_download"),
]
