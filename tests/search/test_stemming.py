"""The stemmer, against the published vocabulary of the algorithm and against PostgreSQL's own."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from search.stemming import stem

PUBLISHED = {
    "consign": "consign", "consigned": "consign", "consigning": "consign", "consignment": "consign",
    "consist": "consist", "consistency": "consist", "consistently": "consist", "consolation": "consol",
    "consolatory": "consolatori", "consolidating": "consolid", "consolingly": "consol", "consonant": "conson",
    "conspicuously": "conspicu", "conspiracy": "conspiraci", "knack": "knack", "knackeries": "knackeri",
    "knaves": "knave", "knavish": "knavish", "kneaded": "knead", "kneel": "kneel", "knightly": "knight",
    "knitting": "knit", "knots": "knot", "generously": "generous", "generate": "generat", "communism": "communism",
    "communities": "communiti", "skies": "sky", "dying": "die", "news": "news", "inning": "inning", "hoping": "hope",
    "hopping": "hop", "ties": "tie", "cries": "cri", "gas": "gas", "gaps": "gap", "by": "by", "say": "say",
    "enjoy": "enjoy", "youth": "youth", "bead": "bead", "luxuriated": "luxuri", "falling": "fall", "feed": "feed",
    "agreed": "agre", "decision": "decis", "decided": "decid", "escalation": "escal", "escalate": "escal",
    "committees": "committe", "committee": "committe", "rational": "ration", "vileli": "vile", "formaliti": "formal",
    "analogously": "analog", "electricity": "electr", "adjustment": "adjust", "adoption": "adopt", "controll": "control",
    "roll": "roll", "probate": "probat", "rate": "rate", "cease": "ceas",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), PUBLISHED.items())
def test_published_pairs(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789éä中", max_size=30))
def test_any_word_has_a_stem_no_longer_than_itself(word: str) -> None:
    assert len(stem(word)) <= len(word) + 1


@pytest.mark.postgresql
@pytest.mark.django_db
def test_it_is_the_stemmer_of_postgresql() -> None:
    roots = (
        "commit",
        "generat",
        "happ",
        "analog",
        "organi",
        "escal",
        "agre",
        "negoti",
        "hop",
        "control",
        "use",
        "play",
    )
    endings = (
        "", "s", "es", "ed", "ing", "ings", "ment", "ments", "ation", "ational", "ization", "izer", "y", "ies", "ied",
        "ly", "fully", "fulness", "ousness", "ive", "iveness", "iviti", "er", "ers", "or", "able", "ably", "ance",
        "ence", "ency", "ism", "ist", "al", "ally", "icate", "ical", "eed", "eedly", "ingly", "edly", "tee", "tees", "'s",
    )  # fmt: skip
    words = [root + ending for root in roots for ending in endings if "'" not in ending]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT (ts_lexize('commons_stem', w))[1] FROM unnest(%s::text[]) AS w)", [words]
        )
        (theirs,) = cursor.fetchone()
    assert {word: stem(word) for word in words} == dict(zip(words, theirs, strict=True))
