"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import path

from composer.views import drafts, pieces

app_name = "composer"
urlpatterns = [
    path("preview/", pieces.preview, name="preview"),
    path("guard/", pieces.guard, name="guard"),
    path("mentions/", pieces.mentions, name="mentions"),
    path("session/", drafts.session, name="session"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/save/", drafts.save, name="save"),
    path("drafts/discard/", drafts.discard, name="discard"),
    path("drafts/restore/", drafts.restore, name="restore"),
]
