"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from notifications.views.notices import notice_list, read_all, read_group, unread
from notifications.views.settings import notice_settings
from notifications.views.stop import stop

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("", notice_list, name="list"),
    path("read/", read_all, name="read_all"),
    path("read/<int:pk>/", read_group, name="read"),
    path("unread/", unread, name="unread"),
    path("settings/", notice_settings, name="settings"),
    path("stop/<str:token>/", stop, name="stop"),
]
