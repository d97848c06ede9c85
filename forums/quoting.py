"""A post as a quotation at the beginning of a reply."""

from forums.choices import SourceFormat
from forums.models import Post

LONGEST = 1200


def quotation(post: Post) -> str:
    """The text of a post, each line marked as quoted, and an empty line to write on. Long ones are cut at a line."""
    text = post.body if post.source_format == SourceFormat.MARKDOWN else post.words("body")
    lines, size = [], 0
    for line in text.strip().splitlines():
        size += len(line)
        if size > LONGEST:
            lines.append(f"{line[: max(0, LONGEST - size)]} …")
            break
        lines.append(line)
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"
