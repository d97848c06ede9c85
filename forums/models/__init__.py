"""Models of the forums."""

from forums.models.attachment import Attachment
from forums.models.board import Board, Tag
from forums.models.moderation import Flag, RelayedMessage
from forums.models.outside import ExternalAuthor
from forums.models.post import Post, PostRevision, UnnamedAuthor
from forums.models.reader import Bookmark, Follow, HelpfulVote, ReadMark
from forums.models.topic import Topic, TopicLink

__all__ = [
    "Attachment",
    "Board",
    "Bookmark",
    "ExternalAuthor",
    "Flag",
    "Follow",
    "HelpfulVote",
    "Post",
    "PostRevision",
    "ReadMark",
    "RelayedMessage",
    "Tag",
    "Topic",
    "TopicLink",
    "UnnamedAuthor",
]
