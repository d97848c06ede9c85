"""Keyset pages: every row exactly once, forwards and backwards, also while rows arrive; no cursor can be forged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.models import StoredFact, Term
from core.pagination import keyset_page

START = datetime(2026, 1, 1, tzinfo=UTC)
FEW = settings(max_examples=40)


def make(orders: list[int]) -> None:
    """Terms with these orders; equal ones show whether the primary key decides."""
    start = Term.objects.count()
    Term.objects.bulk_create(
        Term(vocabulary="habit", code=f"c{start + number}", label="x", order=order)
        for number, order in enumerate(orders)
    )


def expected(*, descending: bool) -> list[int]:
    """All rows in the one true order."""
    sign = "-" if descending else ""
    return list(Term.objects.order_by(f"{sign}order", f"{sign}pk").values_list("pk", flat=True))


def walk(*, size: int, descending: bool) -> list[list[int]]:
    """The pages from the first to the last."""
    pages, cursor = [], None
    while True:
        page = keyset_page(Term.objects.all(), by="order", cursor=cursor, size=size, descending=descending)
        pages.append([row.pk for row in page.rows])
        cursor = page.next_cursor
        if cursor is None:
            return pages


ORDERS = st.lists(st.integers(0, 5), max_size=25)
SIZES = st.integers(1, 7)


class TestProperties(TestCase):
    """Over random rows, sizes and directions."""

    @FEW
    @given(ORDERS, SIZES, st.booleans())
    def test_every_row_once_forwards(self, orders: list[int], size: int, descending: bool) -> None:
        make(orders)
        pages = walk(size=size, descending=descending)
        assert [pk for page in pages for pk in page] == expected(descending=descending)
        assert all(len(page) == size for page in pages[:-1])

    @FEW
    @given(ORDERS, SIZES, st.booleans())
    def test_the_way_back_is_the_way_forth(self, orders: list[int], size: int, descending: bool) -> None:
        make(orders)
        rows, forth, page = Term.objects.all(), [], None
        while page is None or page.next_cursor:
            cursor = page.next_cursor if page else None
            page = keyset_page(rows, by="order", cursor=cursor, size=size, descending=descending)
            forth.append([row.pk for row in page.rows])
        back = [forth[-1]]
        while page.previous_cursor:
            page = keyset_page(
                rows, by="order", cursor=page.previous_cursor, size=size, descending=descending
            )
            back.append([row.pk for row in page.rows])
        assert [pk for part in reversed(back) for pk in part] == [pk for part in forth for pk in part]

    @FEW
    @given(ORDERS.filter(bool), st.lists(st.integers(0, 5), min_size=1, max_size=5), SIZES)
    def test_rows_that_arrive_push_nothing_out(self, orders: list[int], late: list[int], size: int) -> None:
        make(orders)
        before, seen, cursor, first = set(expected(descending=True)), [], None, True
        while first or cursor:
            page = keyset_page(Term.objects.all(), by="order", cursor=cursor, size=size)
            seen += [row.pk for row in page.rows]
            cursor = page.next_cursor
            if first:
                make(late)
            first = False
        assert len(seen) == len(set(seen))
        assert before <= set(seen)


@pytest.mark.django_db
class TestEdges:
    def test_no_rows_no_neighbours(self) -> None:
        page = keyset_page(Term.objects.all(), by="order")
        assert (page.rows, page.next_cursor, page.previous_cursor) == ([], None, None)

    def test_a_full_last_page_has_no_next(self) -> None:
        make([1, 2, 3, 4])
        first = keyset_page(Term.objects.all(), by="order", size=2)
        second = keyset_page(Term.objects.all(), by="order", size=2, cursor=first.next_cursor)
        assert first.previous_cursor is None
        assert second.next_cursor is None

    def test_sorting_by_time(self) -> None:
        for number in range(5):
            fact = StoredFact.objects.create(name="x", payload={})
            StoredFact.objects.filter(pk=fact.pk).update(created=START + timedelta(microseconds=number // 2))
        first = keyset_page(StoredFact.objects.all(), by="created", size=2)
        second = keyset_page(StoredFact.objects.all(), by="created", size=3, cursor=first.next_cursor)
        shown = [row.pk for row in [*first.rows, *second.rows]]
        assert shown == list(StoredFact.objects.order_by("-created", "-pk").values_list("pk", flat=True))

    @pytest.mark.parametrize(
        "forged",
        ["", "x", "a:b:c", "ä", "\x00", "x" * 5000, signing.dumps("only text"), signing.dumps({"pk": 1})],
        ids=["empty", "word", "parts", "umlaut", "null", "long", "signed text", "signed elsewhere"],
    )
    def test_a_forged_cursor_is_the_first_page(self, forged: str) -> None:
        make([1, 2, 3])
        first = [row.pk for row in keyset_page(Term.objects.all(), by="order", size=2).rows]
        page = keyset_page(Term.objects.all(), by="order", size=2, cursor=forged)
        assert [row.pk for row in page.rows] == first

    def test_a_cursor_changed_by_one_letter_is_the_first_page(self) -> None:
        make([1, 2, 3])
        cursor = keyset_page(Term.objects.all(), by="order", size=1).next_cursor
        assert cursor is not None
        changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]
        assert keyset_page(Term.objects.all(), by="order", size=1, cursor=changed).rows[0].order == 3

    def test_a_cursor_of_another_order_is_the_first_page(self) -> None:
        make([3, 2, 1])
        cursor = keyset_page(Term.objects.all(), by="label", size=1).next_cursor
        assert keyset_page(Term.objects.all(), by="order", size=1, cursor=cursor).rows[0].order == 3

    def test_one_query_a_page_and_no_offset(self) -> None:
        make([1, 2, 3, 4, 5])
        cursor = keyset_page(Term.objects.all(), by="order", size=2).next_cursor
        with CaptureQueriesContext(
            connection,
        ) as queries:
            keyset_page(Term.objects.all(), by="order", size=2, cursor=cursor)
        assert len(queries) == 1
        assert "OFFSET" not in queries[0]["sql"]
