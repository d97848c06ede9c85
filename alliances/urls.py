"""Addresses of alliances; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from alliances.views import alliance, team

app_name = "alliances"
urlpatterns: list[URLPattern] = [
    path("", alliance.index, name="index"),
    path("add/", alliance.add, name="add"),
    path("ask/", team.ask, name="ask"),
    path("<int:pk>/", alliance.alliance, name="alliance"),
    path("<int:pk>/change/", alliance.change, name="change"),
    path("<int:pk>/team/", team.add, name="team"),
    path("memberships/<int:pk>/<str:act>/", team.decide, name="decide"),
]
