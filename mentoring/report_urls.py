"""Addresses of reports; mentoring.urls puts them into its namespace."""

from django.urls import path

from mentoring.views import reports

report_patterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/figures.csv", reports.figures_csv, name="figures_csv"),
]
