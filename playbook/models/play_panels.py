"""The editor of a play: panels in the order of the page, with help where a choice needs one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel, TabbedInterface

from playbook.models.mixins import PortalPageMixin


def ticked(name: str) -> FieldPanel:
    """Terms as boxes to tick: all of them are in sight."""
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple)


CONTENT = [
    MultiFieldPanel(
        [FieldPanel("title"), FieldPanel("code"), FieldPanel("summary"), FieldPanel("purpose")],
        heading=_("What it is"),
    ),
    MultiFieldPanel([FieldPanel("when"), FieldPanel("effort")], heading=_("When, and how much work")),
    MultiFieldPanel([FieldPanel("inputs"), FieldPanel("outputs")], heading=_("You need, you get")),
    FieldPanel("pitfalls", heading=_("Watch out")),
    FieldPanel("steps", heading=_("Steps")),
    FieldPanel("signs"),
    FieldPanel("variants", heading=_("What differs for some partners and alliances")),
    MultiFieldPanel(
        [ticked("more_tools"), ticked("related")],
        heading=_("Further tools and related plays"),
        classname="collapsed",
    ),
    FieldPanel("change_note"),
]
PLACE = [
    ticked("phases"),
    FieldPanel("main_component"),
    ticked("components"),
    ticked("activities"),
    ticked("habits"),
    ticked("role_areas"),
]
TRUST = [
    MultiFieldPanel(
        [FieldPanel("play_owner"), FieldPanel("last_verified"), FieldPanel("risk_tier")],
        heading=_("Who answers for it, and when it was checked"),
    ),
    PortalPageMixin.audience_panel,
]
EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(CONTENT, heading=_("Play")),
        ObjectList(PLACE, heading=_("Where it stands")),
        ObjectList(TRUST, heading=_("Trust and readers")),
        ObjectList([*PortalPageMixin.promote_panels, PublishingPanel()], heading=_("Address and dates")),
    ]
)
