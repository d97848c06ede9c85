"""Addresses of profiles, proposals and requests; mentoring.urls puts them into its namespace."""

from django.urls import path

from mentoring.views import profile, requests

request_patterns = [
    path("", requests.home, name="home"),
    path("profile/", profile.profile, name="profile"),
    path("training/", profile.training, name="training"),
    path("exclusions/", profile.exclusions, name="exclusions"),
    path("exclusions/<int:pk>/drop/", profile.drop_exclusion, name="drop_exclusion"),
    path("walls/", profile.walls, name="walls"),
    path("walls/<int:pk>/drop/", profile.remove_wall, name="remove_wall"),
    path("choose/", requests.choose, name="choose"),
    path("choose/pick/", requests.pick, name="pick"),
    path("choose/help/", requests.ask_for_help, name="help"),
    path("why/<str:seal>/", requests.why, name="why"),
    path("ask/<str:seal>/", requests.ask, name="ask"),
    path("ask/person/<int:person>/", requests.ask_person, name="ask_person"),
    path("request/<int:pk>/", requests.show, name="request"),
    path("request/<int:pk>/accept/", requests.accept, name="accept"),
    path("request/<int:pk>/decline/", requests.decline, name="decline"),
    path("request/<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("search/<int:pk>/", requests.search, name="search"),
]
