"""A file at a post, for who sees the post. Nothing of a file is ever run, and no cache between keeps it.

Pictures, which were drawn anew, are shown in the page; everything else is saved to disk, whatever the browser makes of it.
"""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from forums.models import Attachment

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def attachment(request: HttpRequest, key: object) -> FileResponse:
    """The file; 404 where the post was taken down, or where the reader may not see it."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), key=key)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=not found.is_image, filename=found.name, content_type=found.media_type
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
