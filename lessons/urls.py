"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import path

from lessons import views
from lessons.views import answers, capture, completion, keeping, own, responses, review

app_name = "lessons"
urlpatterns = [
    path("", views.lesson_list, name="list"),
    path("worklist/", review.work, name="worklist"),
    path("new/", capture.new, name="new"),
    path("similar/", capture.similar, name="similar"),
    path("mine/", own.mine, name="mine"),
    path("routes/<int:pk>/", answers.answer, name="answer"),
    path("<str:key>/", views.lesson_detail, name="detail"),
    path("<str:key>/complete/", completion.complete, name="complete"),
    path("<str:key>/review/", review.review, name="review"),
    path("<str:key>/route/", keeping.route, name="route"),
    path("<str:key>/keep/", keeping.keep, name="keep"),
    path("<str:key>/use/", responses.use, name="use"),
    path("<str:key>/seen/", responses.seen, name="seen"),
    path("<str:key>/helpful/", responses.helpful, name="helpful"),
    path("<str:key>/not-helpful/", responses.not_helpful, name="not_helpful"),
]
