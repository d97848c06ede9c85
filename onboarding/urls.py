"""Addresses of onboarding; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from onboarding.appointment_urls import urlpatterns as appointment_urls
from onboarding.views import editor, journey, step

app_name = "onboarding"

urlpatterns: list[URLPattern] = [
    path("", journey.journey, name="journey"),
    path("step/<str:code>/", step.step, name="step"),
    path("read/<str:code>/", step.read, name="read"),
    path("hello/", step.hello, name="hello"),
    path("close/", step.close, name="close"),
    path("context/", journey.context, name="context"),
    path("pause/", journey.pause, name="pause"),
    path("resume/", journey.resume, name="resume"),
    path("facilitate/", editor.path, name="path"),
    path("facilitate/steps/<str:code>/", editor.step, name="path_step"),
    path("facilitate/letters/<slug:key>/", editor.letter, name="path_letter"),
    *appointment_urls,
]
