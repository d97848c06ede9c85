"""Addresses of the app; see portal/urls.py for where they hang."""

from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.lesson_list, name="list"),
    path("<str:key>/", views.lesson_detail, name="detail"),
]
