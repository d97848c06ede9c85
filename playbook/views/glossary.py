"""The glossary: all terms on one page, each with an address of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from playbook.reading.glossary import glossary_context


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms in the chosen order, or those that fit what was typed."""
    return render(request, "playbook/glossary.html", glossary_context(request))
