"""Addresses of alliances; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path, register_converter

from alliances.views import alliance, team

app_name = "alliances"


class ActConverter:
    """What may be decided about a membership."""

    regex = "confirm|reject|end"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value


register_converter(ActConverter, "membership_act")

urlpatterns: list[URLPattern] = [
    path("", alliance.index, name="index"),
    path("add/", alliance.add, name="add"),
    path("ask/", team.ask, name="ask"),
    path("<int:pk>/", alliance.alliance, name="alliance"),
    path("<int:pk>/change/", alliance.change, name="change"),
    path("<int:pk>/team/", team.add, name="team"),
    path("memberships/<int:pk>/<membership_act:act>/", team.decide, name="decide"),
]
