"""Addresses of mentoring; see portal/urls.py for where they hang."""

from mentoring.pair_urls import pair_patterns
from mentoring.report_urls import report_patterns
from mentoring.request_urls import request_patterns
from mentoring.round_urls import round_patterns

app_name = "mentoring"
urlpatterns = [*request_patterns, *pair_patterns, *round_patterns, *report_patterns]
