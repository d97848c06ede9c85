"""Makes pages of the playbook for tests, published through Wagtail as an editor would."""

from itertools import count
from typing import Any

from django.utils.text import slugify

from core.audiences import COMMUNITY
from core.models import Term, Vocabulary
from people.models import User
from playbook.models import (
    GlossaryArea,
    GlossaryTerm,
    PhasePage,
    PlaybookIndexPage,
    PlayPage,
    StandardPage,
    ToolIndexPage,
    ToolPage,
)
from playbook.services.ensure_tree import add_page, ensure_tree
from playbook.services.save_term import save_term
from tests.people.factories import UserFactory

TERMS = {
    Vocabulary.LIFECYCLE_PHASE: ("startup", "operate"),
    Vocabulary.COMPONENT: ("PL", "CE", "AG"),
    Vocabulary.ACTIVITY: ("PL1",),
    Vocabulary.HABIT: ("H1",),
    Vocabulary.ROLE_AREA: ("contract",),
    Vocabulary.BUSINESS_FUNCTION: ("legal", "finance"),
}
_numbers = count(10)


def make_person(**fields: Any) -> User:
    """An active member; see tests/people/factories.py for what may be said of them."""
    person: User = UserFactory.create(**fields)
    return person


def make_terms() -> dict[str, Term]:
    """A few terms of each vocabulary a play carries, by code."""
    for vocabulary, codes in TERMS.items():
        for order, code in enumerate(codes):
            Term.objects.get_or_create(
                vocabulary=vocabulary, code=code, defaults={"label": f"Label of {code}", "order": order}
            )
    return {term.code: term for term in Term.objects.all()}


def make_front() -> PlaybookIndexPage:
    """The front of the playbook with the phases, terms included."""
    make_terms()
    return ensure_tree().playbook


def step(title: str = "Open the door", key: str = "open_the_door", **value: Any) -> dict[str, Any]:
    """One step as Wagtail stores it."""
    words = {"title": title, "key": key, "text": f"Do this: {title}.", "who": "", "timing": "", "tools": []}
    return {"type": "step", "id": f"block-{key}", "value": {**words, **value}}


def make_play(
    title: str = "Do the thing",
    *,
    audience: str = COMMUNITY,
    phases: tuple[str, ...] = ("startup",),
    components: tuple[str, ...] = ("PL",),
    publish: bool = True,
    **fields: Any,
) -> PlayPage:
    """A play under the front, live unless told otherwise."""
    front = PlaybookIndexPage.objects.first() or make_front()
    terms = make_terms()
    code = fields.pop("code", f"P{next(_numbers)}")
    defaults = {"summary": f"In short: {title}.", "purpose": "It helps.", "steps": [step()]}
    play = PlayPage(
        title=title, slug=slugify(f"{title} {code}"), code=code, audience=audience, **{**defaults, **fields}
    )
    play.phases = [terms[name] for name in phases]
    play.components = [terms[name] for name in components]
    play.main_component = terms[components[0]] if components else None
    if publish:
        return add_page(parent=front, page=play)
    play.live = False
    front.add_child(instance=play)
    play.save_revision()
    return play


def make_tool(title: str = "Checklist", *, audience: str = COMMUNITY, **fields: Any) -> ToolPage:
    """A tool in the library."""
    library = ToolIndexPage.objects.first() or add_page(
        parent=make_front(), page=ToolIndexPage(title="Tools", slug="tools")
    )
    code = fields.pop("code", f"T{next(_numbers)}")
    words = {"summary": "A tool.", "use_when": "When needed."}
    tool = ToolPage(
        title=title, slug=slugify(f"{title} {code}"), code=code, audience=audience, **{**words, **fields}
    )
    return add_page(parent=library, page=tool)


def make_page(title: str = "About us", *, audience: str = COMMUNITY, body: str = "Hello.") -> StandardPage:
    """A page of text."""
    make_terms()
    page = StandardPage(title=title, slug=slugify(title), audience=audience, body=body)
    return add_page(parent=ensure_tree().pages, page=page)


def phase_page(code: str) -> PhasePage:
    """The page of a phase."""
    page: PhasePage = PhasePage.objects.get(phase__code=code)
    return page


def publish(page: Any, **changes: Any) -> Any:
    """Edits a page and publishes it, as the admin does; returns it as it is live now."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_term(term: str = "Joint Steering Committee", **fields: Any) -> GlossaryTerm:
    """A term of the glossary, written as a facilitator would."""
    words = {"definition": f"What {term} means.", "area": GlossaryArea.GOVERNANCE}
    made = GlossaryTerm(term=term, **{**words, **fields})
    save_term(term=made, actor=None)
    return made
