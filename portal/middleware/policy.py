"""The content policy of every answer, and no storing of personal pages.

Members get a strict policy with a nonce. Inside the Wagtail admin a looser one holds, because its editor writes inline
styles and scripts: only for who was let in (portal/middleware/members.py), never for a refusal at its door.
"""

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

MEMBERS = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
}

ADMIN = {
    **MEMBERS,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


# What an editor previews is the page as members get it, in a frame of the editor. Wagtail makes the request itself and
# sends it through the middlewares; no request from outside carries the mark.
PREVIEW = {**MEMBERS, "frame-ancestors": [SELF]}


class PolicyMiddleware(CSPMiddleware):
    """django-csp with a looser policy in the admin, and `Cache-Control: no-store` where no view said otherwise."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The policy of this request; nothing is sent report-only."""
        if report_only:
            return PolicyParts(config={})
        config = MEMBERS
        if getattr(request, "in_admin", False):
            config = ADMIN
        elif getattr(request, "is_preview", False):
            config = PREVIEW
        return PolicyParts(config=config, nonce=getattr(request, "_csp_nonce", None))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Adds what is missing to an answer."""
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
