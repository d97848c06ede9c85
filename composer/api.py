"""What other rooms may ask of the composer: drafts, posting once, mentions, and what may give a partner away."""

from composer.drafts import drafts_of, kept_values, read_draft
from composer.guard import check_names, swapped
from composer.guard.known import known_words
from composer.mentions import mentioned_ids
from composer.services.clean_up import clean_up
from composer.services.drop_draft import drop_draft
from composer.services.post_once import post_once
from composer.services.save_draft import save_draft

__all__ = [
    "check_names",
    "clean_up",
    "drafts_of",
    "drop_draft",
    "kept_values",
    "known_words",
    "mentioned_ids",
    "post_once",
    "read_draft",
    "save_draft",
    "swapped",
]
