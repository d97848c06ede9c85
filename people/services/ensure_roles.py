"""Makes the groups of the roles and gives each its rights in the admin.

Idempotent; `load_starter` calls it after the pages exist, an upgrade calls it again. A group has exactly the rights
named here: what somebody added by hand is taken away, so that the table below is the truth.
Members never enter the admin. Nobody may delete people or touch the audit trail.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page

from people.roles import Role

WAGTAIL_GROUPS = ("Editors", "Moderators")
ENTER = "wagtailadmin.access_admin"
EDITOR_PAGES = ("add_page", "change_page")
PUBLISHER_PAGES = (*EDITOR_PAGES, "publish_page", "lock_page", "unlock_page")
PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.CONTRIBUTOR: EDITOR_PAGES,
    Role.STEWARD: PUBLISHER_PAGES,
    Role.FACILITATOR: PUBLISHER_PAGES,
    Role.ADMINISTRATOR: (*PUBLISHER_PAGES, "bulk_delete_page"),
}
FACILITATOR_APPS = ("lessons", "search")
FACILITATOR_MODELS = ("core.term", "playbook.glossaryterm", "composer.guardedname")
ADMINISTRATOR_APPS = (
    *FACILITATOR_APPS,
    "core",
    "people",
    "playbook",
    "wagtailcore",
    "wagtailadmin",
    "wagtaildocs",
    "wagtailimages",
)
NEVER = frozenset(
    {
        "people.delete_user",
        "core.add_auditentry",
        "core.change_auditentry",
        "core.delete_auditentry",
    }
)


@transaction.atomic
def ensure_roles() -> dict[Role, Group]:
    """Groups by role, with their rights on models. Wagtail's own two groups go where nobody is in them."""
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    for role, group in groups.items():
        group.permissions.set(_model_rights(role))
    return groups


@transaction.atomic
def grant_admin_rights(*, root: Page | None = None) -> dict[Role, Group]:
    """`ensure_roles`, and each role's rights on the pages below `root` (the whole tree where none is named)."""
    groups = ensure_roles()
    top = root or Page.get_first_root_node()
    for role, group in groups.items():
        wanted = set(
            Permission.objects.filter(
                content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS.get(role, ())
            )
        )
        held = GroupPagePermission.objects.filter(group=group)
        held.exclude(page=top, permission__in=wanted).delete()
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=top, permission=permission)
    return groups


def _model_rights(role: Role) -> list[Permission]:
    rights = Permission.objects.select_related("content_type")
    if role is Role.MEMBER:
        return []
    if role is Role.ADMINISTRATOR:
        return _without_forbidden(rights.filter(content_type__app_label__in=ADMINISTRATOR_APPS))
    enter = rights.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    files = rights.filter(content_type__app_label__in=("wagtailimages",), codename__startswith="choose_")
    if role is not Role.FACILITATOR:
        return _without_forbidden(enter | files)
    kept = rights.filter(content_type__app_label__in=FACILITATOR_APPS)
    for app, model in (name.split(".") for name in FACILITATOR_MODELS):
        kept |= rights.filter(content_type__app_label=app, content_type__model=model)
    return _without_forbidden(enter | files | kept)


def _without_forbidden(rights: QuerySet[Permission]) -> list[Permission]:
    return [right for right in rights if f"{right.content_type.app_label}.{right.codename}" not in NEVER]
