"""Tags as whoever keeps them sees them: words of topics they may read. A word that stands only elsewhere is not there."""

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from forums.models import Tag, Topic


def kept_tags(reader: object) -> QuerySet[Tag]:
    """Free words, with how many topics that the reader sees carry each as `used`; words that no topic has are there too."""
    seen = Topic.objects.visible_to(reader).values("pk")
    counted = Tag.objects.filter(term=None).annotate(used=Count("topics", filter=Q(topics__in=seen)))
    return counted.filter(Q(used__gt=0) | ~Exists(_carried()))


def tags_to_join(reader: object) -> QuerySet[Tag]:
    """Approved tags that another one may be joined with: terms of the vocabularies, and words the reader may know."""
    seen = Topic.objects.visible_to(reader).filter(tags=OuterRef("pk"))
    known = Q(term__isnull=False) | Exists(seen) | ~Exists(_carried())
    return Tag.objects.filter(known, approved=True)


def readable_tags(reader: object) -> QuerySet[Tag]:
    """Approved tags that a reader may open and follow: terms of the vocabularies, and words of topics they find."""
    found = Topic.objects.visible_to(reader).listed().filter(tags=OuterRef("pk"))
    return Tag.objects.filter(Q(term__isnull=False) | Exists(found), approved=True)


def _carried() -> QuerySet[Model]:
    return Tag.topics.through.objects.filter(tag=OuterRef("pk"))
