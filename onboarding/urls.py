"""Addresses of onboarding; see portal/urls.py for where they hang."""

from django.urls import URLPattern, path

from onboarding.appointment_urls import urlpatterns as appointment_urls
from onboarding.views import journey

app_name = "onboarding"

urlpatterns: list[URLPattern] = [
    path("", journey.journey, name="journey"),
    path("step/<str:code>/", journey.step, name="step"),
    path("context/", journey.context, name="context"),
    path("pause/", journey.pause, name="pause"),
    path("resume/", journey.resume, name="resume"),
    *appointment_urls,
]
