"""Addresses of running pairs and of who coordinates them; mentoring.urls puts them into its namespace."""

from django.urls import path

from mentoring.views import agreement, cases, pair, pair_acts, talks

PAIR, TALK = "pair/<int:pk>", "pair/<int:pair>/talks/<int:pk>"

pair_patterns = [
    path(f"{PAIR}/", pair.pair, name="pair"),
    path(f"{PAIR}/notes/", pair.keep_note, name="write_note"),
    path("notes/<int:pk>/drop/", pair.throw_note_away, name="drop_note"),
    path(f"{PAIR}/agreement/", agreement.agreement, name="agreement"),
    path(f"{PAIR}/agreement/print/", agreement.agreement_print, name="agreement_print"),
    path(f"{PAIR}/agreement/edit/", agreement.agreement_edit, name="agreement_edit"),
    path(f"{PAIR}/agreement/sign/", agreement.sign, name="sign"),
    path(f"{PAIR}/goals/", pair_acts.goals, name="goals"),
    path(f"{PAIR}/pulse/", pair_acts.pulse, name="pulse"),
    path(f"{PAIR}/stand-in/", pair_acts.backup, name="backup"),
    path(f"{PAIR}/pause/", pair_acts.pause, name="pause"),
    path(f"{PAIR}/resume/", pair_acts.resume, name="resume"),
    path(f"{PAIR}/rematch/", pair_acts.rematch, name="rematch"),
    path(f"{PAIR}/close/", pair_acts.close, name="close"),
    path(f"{PAIR}/talks/new/", talks.propose, name="propose"),
    path(f"{TALK}/", talks.talk, name="talk"),
    path(f"{TALK}/agenda/", talks.agenda, name="agenda"),
    path(f"{TALK}/change/", talks.change, name="change"),
    path(f"{TALK}/book/", talks.book, name="book"),
    path(f"{TALK}/cancel/", talks.cancel, name="cancel"),
    path(f"{TALK}/held/", talks.held, name="held"),
    path(f"{TALK}/missed/", talks.missed, name="missed"),
    path("calendar/<uuid:uid>.ics", talks.calendar, name="calendar"),
    path("coordinate/", cases.coordinate, name="coordinate"),
    path("coordinate/pair/<int:pk>/", cases.case, name="case"),
    path("coordinate/pair/<int:pk>/snooze/", cases.snooze, name="snooze"),
]
