"""Tags of the sign-in page."""

from django import template
from django.conf import settings

from people.api import demo_sign_ins
from people.data import DemoSignIn

register = template.Library()


@register.simple_tag
def demo_people() -> list[DemoSignIn]:
    """The demo people to sign in as; nobody where the demo is off, whatever the template asks."""
    return demo_sign_ins() if settings.SHOW_DEMO_SIGN_INS else []
