"""Addresses of onboarding; see portal/urls.py for where they hang."""

from django.urls import URLPattern

from onboarding.appointment_urls import urlpatterns as appointment_urls

app_name = "onboarding"

urlpatterns: list[URLPattern] = [*appointment_urls]
