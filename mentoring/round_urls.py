"""Addresses of programmes, their rounds and wishes; mentoring.urls puts them into its namespace."""

from django.urls import path

from mentoring.views import programmes, round_acts, rounds, wishes

round_patterns = [
    path("coordinate/rounds/", rounds.rounds, name="rounds"),
    path("coordinate/rounds/draft/", rounds.draft, name="draft"),
    path("coordinate/rounds/<int:pk>/", rounds.run, name="run"),
    path("coordinate/rounds/<int:pk>/swap/<int:mentee>/", round_acts.swap, name="swap"),
    path("coordinate/rounds/<int:pk>/swap/<int:mentee>/do/", round_acts.do_swap, name="do_swap"),
    path("coordinate/rounds/<int:pk>/publish/", round_acts.publish, name="publish"),
    path("coordinate/rounds/<int:pk>/discard/", round_acts.discard, name="discard"),
    path("coordinate/programmes/", programmes.programmes, name="programmes"),
    path("coordinate/programmes/new/", programmes.add, name="add_programme"),
    path("coordinate/programmes/<int:pk>/", programmes.programme, name="programme"),
    path("wishes/<int:pk>/", wishes.wishes, name="wishes"),
]
