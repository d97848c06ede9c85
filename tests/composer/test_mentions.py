"""Who is mentioned: what people see as a mention, and nothing else."""

import pytest

from composer.api import mentioned_ids


@pytest.mark.parametrize(
    ("source", "people"),
    [
        ("[@Mei Tanaka](/people/12/) and [@Ilse](/people/7/)", {12, 7}),
        ("- in a list [@Mei](/people/12/)\n\n| a | b |\n| - | - |\n| [@Ilse](/people/7/) | x |", {12, 7}),
        ("**[@Mei](/people/12/)**", {12}),
        ("[@Mei](/people/12/) twice [@Mei](/people/12/)", {12}),
        ("[Mei Tanaka](/people/12/)", set()),
        ("`[@Mei](/people/12/)`", set()),
        ("```\n[@Mei](/people/12/)\n```", set()),
        ("    [@Mei](/people/12/)", set()),
        (r"\[@Mei](/people/12/)", set()),
        ("> [@Mei](/people/12/) said", set()),
        ("> [@Mei](/people/12/) said\n\n[@Ilse](/people/7/)", {7}),
        ("[@Mei](/people/12/edit/)", set()),
        ("[@Mei](https://elsewhere.example/people/12/)", set()),
        ("[@Mei](/people/999999999999999999999/)", set()),
        ("/people/12/ @Mei", set()),
        ("", set()),
    ],
)
def test_a_mention_is_a_link_to_a_person(source: str, people: set[int]) -> None:
    assert mentioned_ids(source) == people


def test_twenty_people_at_most() -> None:
    assert mentioned_ids(" ".join(f"[@P](/people/{pk}/)" for pk in range(1, 40))) == set(range(1, 21))
