"""Says that a post helped, or takes it back. Nobody votes for their own post, and there is no vote against."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from forums.models import HelpfulVote, Post
from forums.permissions import may_vote
from forums.services.indexing import index_topic
from forums.services.settle import locked_post
from forums.unnamed import is_own
from people.models import User


@transaction.atomic
def vote_helpful(*, reader: User, post_id: int) -> bool:
    """Whether the post has the reader's vote now. Raises as the other verbs do for what is not theirs."""
    if not Post.objects.visible_to(reader).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    post = locked_post(post_id)
    if not may_vote(reader, post, owns=is_own(reader, post)):
        raise PermissionDenied
    vote, is_new = HelpfulVote.objects.get_or_create(user=reader, post=post)
    if not is_new:
        vote.delete()
    post.helpful_count = HelpfulVote.objects.filter(post=post).count()
    post.save(update_fields=["helpful_count"])
    index_topic(post.topic)
    return is_new
