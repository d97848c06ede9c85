"""The contract: tabs and facets count what a reader would get by choosing them, on every engine."""

from collections.abc import Mapping

import pytest

from search.results import SearchResults
from tests.contracts.conftest import Shelf

Row = tuple[str, str, str]
ROWS: tuple[Row, ...] = (
    ("note", "red", "small"),
    ("note", "red", "large"),
    ("note", "green", "small"),
    ("memo", "red", "small"),
    ("memo", "blue", "large"),
    ("clipping", "red", "large"),
    ("clipping", "green", "large"),
)


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """Notes in all kinds, each with a colour and a size."""
    shelf.fill(
        [
            {
                "title": f"Charter {number}",
                "text": "committee" if number % 2 else "board",
                "shelf": kind,
                "facets": {"colour": [colour], "size": [size]},
            }
            for number, (kind, colour, size) in enumerate(ROWS)
        ]
    )
    return shelf


def counts(results: SearchResults) -> dict[str, dict[str, int]]:
    """Facet and code to count."""
    return {facet.name: {value.code: value.count for value in facet.values} for facet in results.facets}


def expected(kind: str, chosen: Mapping[str, tuple[str, ...]], facet: str) -> dict[str, int]:
    """The definition, computed from the rows: under the kind and the *other* facets."""
    found: dict[str, int] = {}
    for row_kind, colour, size in ROWS:
        codes = {"colour": colour, "size": size}
        in_kind = row_kind == kind if kind else row_kind != "clipping"
        under_others = all(
            codes[name] in wanted for name, wanted in chosen.items() if name != facet and wanted
        )
        if in_kind and under_others:
            found[codes[facet]] = found.get(codes[facet], 0) + 1
    return found


CHOICES: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"colour": ("red",)},
    {"colour": ("red", "green")},
    {"colour": ("red",), "size": ("small",)},
    {"colour": ("green", "blue"), "size": ("large",)},
    {"size": ("small", "large")},
)


@pytest.mark.parametrize("kind", ["", "note", "memo", "clipping"])
@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_counts_are_what_choosing_would_give(
    filled: Shelf, kind: str, chosen: dict[str, tuple[str, ...]]
) -> None:
    results = filled.search("charter", kind=kind, facets=chosen)
    for facet in ("colour", "size"):
        shown = {code: count for code, count in counts(results).get(facet, {}).items() if count}
        assert shown == expected(kind, chosen, facet)
    matching = [
        (row_kind, colour, size)
        for row_kind, colour, size in ROWS
        if colour in chosen.get("colour", (colour,)) and size in chosen.get("size", (size,))
    ]
    kinds = [row_kind for row_kind, _colour, _size in matching]
    assert dict(results.kind_counts) == {each: kinds.count(each) for each in set(kinds)}
    assert results.total == sum((each == kind) if kind else each != "clipping" for each in kinds)
    assert results.total == len(results.hits)


def test_everything_leaves_out_what_stands_outside_and_tells_how_much(filled: Shelf) -> None:
    results = filled.search("charter")
    assert {hit.kind for hit in results.hits} == {"note", "memo"}
    assert results.outside_everything == {"clipping": 2}
    assert {hit.kind for hit in filled.search("charter", kind="clipping").hits} == {"clipping"}


def test_values_stand_in_reading_order_with_labels(filled: Shelf) -> None:
    colour, size = filled.search("charter").facets
    assert [(value.code, value.label) for value in colour.values] == [
        ("red", "Red"),
        ("green", "Green"),
        ("blue", "Blue"),
    ]
    assert (colour.label, size.label) == ("Colour", "Size")


def test_a_chosen_value_stays_although_it_counts_nothing(filled: Shelf) -> None:
    results = filled.search("charter", kind="note", facets={"colour": ("blue",)})
    (blue,) = [value for value in results.facets[0].values if value.chosen]
    assert (blue.code, blue.count, results.total) == ("blue", 0, 0)


def test_text_and_facets_narrow_together(filled: Shelf) -> None:
    assert filled.titles("committee", facets={"colour": ("red",), "size": ("small",)}) == ["Charter 3"]
    assert filled.titles("", facets={"colour": ("blue",)}) == ["Charter 4"]


def test_a_facet_nobody_registered_is_no_fault(filled: Shelf) -> None:
    assert filled.search("charter", facets={"shape": ("round",)}).total == 0
    assert filled.search("charter", kind="nowhere").total == 0


def test_a_document_with_two_codes_of_a_facet_counts_in_both(shelf: Shelf) -> None:
    shelf.add("Charter", facets={"colour": ["red", "green", "red"]})
    results = shelf.search("charter", facets={"colour": ("red", "green")})
    assert counts(results) == {"colour": {"red": 1, "green": 1}}
    assert results.total == 1


def test_a_code_may_be_a_word_as_people_write_it(shelf: Shelf) -> None:
    written = 'Côte d\'Ivoire, North & "South" 100 %'
    shelf.add("Charter", facets={"colour": [written]})
    shelf.add("Charter of others", facets={"colour": ["Côte"]})
    results = shelf.search("charter", facets={"colour": (written,)})
    assert results.total == 1
    assert counts(results)["colour"] == {written: 1, "Côte": 1}
