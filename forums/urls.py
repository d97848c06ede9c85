"""Addresses of the app; see portal/urls.py for where they hang. A board cannot have the address of a page."""

from django.urls import path

from forums.views import acts, files, history, keeping, known, lists, relay, topic, write

app_name = "forums"
urlpatterns = [
    path("", lists.index, name="index"),
    path("ask/", write.ask, name="ask"),
    path("who-sees/", write.who_sees, name="who_sees"),
    path("similar/", known.similar, name="similar"),
    path("saved/", lists.saved, name="saved"),
    path("answers/<int:person>/", lists.answers, name="answers"),
    path("files/<uuid:key>/", files.attachment, name="attachment"),
    path("tags/<slug:slug>/", lists.tag, name="tag"),
    path("follow/", acts.follow, name="follow"),
    path("read-all/", acts.read_all, name="read_all"),
    path("posts/<int:pk>/", topic.post, name="post"),
    path("posts/<int:pk>/edit/", write.edit, name="edit"),
    path("posts/<int:pk>/history/", history.history, name="history"),
    path("posts/<int:pk>/accept/", acts.accept, name="accept"),
    path("posts/<int:pk>/helpful/", acts.helpful, name="helpful"),
    path("posts/<int:pk>/save/", acts.bookmark, name="bookmark"),
    path("posts/<int:pk>/flag/", keeping.flag, name="flag"),
    path("posts/<int:pk>/decide/", keeping.decide, name="decide"),
    path("posts/<int:pk>/delete/", keeping.delete, name="delete"),
    path("posts/<int:pk>/restore/", keeping.restore, name="restore"),
    path("flags/", keeping.flags, name="flags"),
    path("flags/<int:pk>/", keeping.decision, name="decision"),
    path("topics/<int:pk>/pin/", keeping.pin, name="pin"),
    path("topics/<int:pk>/lock/", keeping.lock, name="lock"),
    path("topics/<int:pk>/move/", keeping.move, name="move"),
    path("topics/<int:pk>/relay/", relay.relay, name="relay"),
    path("topics/<int:pk>/who/", relay.who_asked, name="who_asked"),
    path("messages/<int:pk>/", relay.message, name="message"),
    path("<slug:slug>/", lists.board, name="board"),
    path("<slug:board>/<int:pk>/", topic.topic, name="topic"),
    path("<slug:board>/<int:pk>/known/", known.beside, name="known"),
]
