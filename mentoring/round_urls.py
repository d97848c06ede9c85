"""Addresses of rounds; mentoring.urls puts them into its namespace."""

from django.urls import path

from mentoring.views import rounds

round_patterns = [
    path("coordinate/rounds/", rounds.rounds, name="rounds"),
    path("coordinate/rounds/draft/", rounds.draft, name="draft"),
    path("coordinate/rounds/<int:pk>/", rounds.run, name="run"),
    path("coordinate/rounds/<int:pk>/swap/<int:mentee>/", rounds.swap, name="swap"),
    path("coordinate/rounds/<int:pk>/swap/<int:mentee>/do/", rounds.do_swap, name="do_swap"),
    path("coordinate/rounds/<int:pk>/publish/", rounds.publish, name="publish"),
]
