"""Downloads of tools: the same reader, the same 404 as the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from playbook.downloads import Source, formats_of, make_download
from playbook.models import ToolPage


@require_safe
def tool_download(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """A tool as a file to fill in; a calculator's file holds the figures of the address."""
    tool = get_object_or_404(ToolPage.objects.visible_to(request.user), slug=slug)
    if extension not in formats_of(tool):
        raise Http404
    source = Source(request.build_absolute_uri(tool.get_absolute_url()), timezone.localdate())
    made = make_download(tool, extension, source, request.GET.dict())
    return HttpResponse(
        made.data,
        content_type=made.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
