"""Reports for facilitators and administrators, as a page and as a file. Missing to everybody else."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from mentoring.coordinators import is_facilitator, may_read_reports
from mentoring.reporting.cohort import Grouping, Stage
from mentoring.reporting.figures_file import figures_file, file_name
from mentoring.reporting.periods import Span, period_of
from mentoring.reporting.report import Report, report


class ReportForm(forms.Form):
    """What the report is about."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=Span)
    by = forms.ChoiceField(label=gettext_lazy("Table by"), choices=Grouping)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Funnel, figures with targets, and a table by group."""
    found = _report(request)
    chosen = {"period": found.period.span.value, "by": found.grouping.value}
    context = {
        "report": found,
        "stages": Stage.labels,
        "form": ReportForm(initial=chosen),
        "file_url": f"{reverse('mentoring:figures_csv')}?{urlencode(chosen)}",
        "coordinates": is_facilitator(request.user),
        "crumbs": [Crumb(_("Mentoring"), reverse("mentoring:home")), Crumb(_("Reports"))],
    }
    return render(request, "mentoring/reports.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a file."""
    found = _report(request)
    return HttpResponse(
        figures_file(found),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(found)}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _report(request: HttpRequest) -> Report:
    """What is asked for; a word that nobody knows asks for what stands there at first."""
    if not may_read_reports(request.user):
        raise Http404
    by = request.GET.get("by", "")
    grouping = Grouping(by) if by in Grouping.values else Grouping.DIVISION
    return report(period_of(request.GET.get("period", "")), grouping)
