"""Addresses of the app; see portal/urls.py for where they hang. A board cannot have the address of a page."""

from django.urls import path

from forums.views import acts, lists, topic, write

app_name = "forums"
urlpatterns = [
    path("", lists.index, name="index"),
    path("ask/", write.ask, name="ask"),
    path("saved/", lists.saved, name="saved"),
    path("follow/", acts.follow, name="follow"),
    path("read-all/", acts.read_all, name="read_all"),
    path("posts/<int:pk>/", topic.post, name="post"),
    path("posts/<int:pk>/edit/", write.edit, name="edit"),
    path("posts/<int:pk>/accept/", acts.accept, name="accept"),
    path("posts/<int:pk>/helpful/", acts.helpful, name="helpful"),
    path("posts/<int:pk>/save/", acts.bookmark, name="bookmark"),
    path("<slug:slug>/", lists.board, name="board"),
    path("<slug:board>/<int:pk>/", topic.topic, name="topic"),
]
