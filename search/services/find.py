"""Searches: parse, choose the engine, re-check every hit in the database, help where nothing was found."""

from search.queries import SearchQuery
from search.results import SearchResults


def search(query: SearchQuery, reader: object) -> SearchResults:
    """One page of results for a reader. Each hit's `object` is filled; hits the reader may not see are dropped."""
    raise NotImplementedError
