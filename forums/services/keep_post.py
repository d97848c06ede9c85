"""Keeps a post among one's saved ones, or lets it go when it is called again."""

from django.db import transaction

from forums.models import Bookmark, Post
from people.models import User


@transaction.atomic
def keep_post(*, reader: User, post_id: int) -> bool:
    """Whether the post is kept now. Raises `Post.DoesNotExist` for what the reader does not see."""
    post = Post.objects.visible_to(reader).get(pk=post_id)
    bookmark, is_new = Bookmark.objects.get_or_create(user=reader, post=post)
    if not is_new:
        bookmark.delete()
    return is_new
