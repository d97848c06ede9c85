"""The contract: which documents a query finds, in which order, on every engine."""

from datetime import UTC, datetime

import pytest

from search.api import related, suggest
from search.models import SynonymGroup, ZeroResultTerm
from search.queries import PAGE_SIZE, Sort
from tests.contracts.conftest import EMPLOYEE, Shelf


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


def test_one_and_two_words_need_all_of_them(shelf: Shelf) -> None:
    both = shelf.add("Both", "escalation of a deadlock")
    shelf.add("One", "escalation of a quarrel")
    assert [hit.object for hit in shelf.search("deadlock escalation").hits] == [both]
    assert len(shelf.titles("escalation")) == 2


def test_longer_queries_need_two_words(shelf: Shelf) -> None:
    shelf.add("Two", "budget and milestones")
    shelf.add("One", "budget only")
    shelf.add("Three", "budget with milestones and royalty")
    assert set(shelf.titles("budget milestones royalty")) == {"Two", "Three"}
    assert shelf.titles("budget milestones royalty")[0] == "Three"


@pytest.mark.parametrize("count", [3, 5, 6, 7, 13])
def test_any_two_of_many_words_suffice(shelf: Shelf, count: int) -> None:
    words = [f"word{chr(97 + number)}" for number in range(count)]
    shelf.add("First and last", f"{words[0]} {words[-1]}")
    shelf.add("Middle and last", f"{words[count // 2]} {words[-1]}")
    shelf.add("First alone", words[0])
    assert set(shelf.titles(" ".join(words))) == {"First and last", "Middle and last"}


def test_stop_words_are_not_needed(shelf: Shelf) -> None:
    shelf.add("Record", "decision taken")
    assert shelf.titles("the decision") == ["Record"]
    assert shelf.titles("what is a decision") == ["Record"]


def test_a_query_of_stop_words_alone_still_finds(shelf: Shelf) -> None:
    shelf.add("Hamlet", "to be or not to be")
    shelf.add("Other", "something else entirely")
    assert shelf.titles("to be or not to be") == ["Hamlet"]


def test_capitals_make_a_name_of_a_stop_word(shelf: Shelf) -> None:
    shelf.add("Systems", "governance of IT systems")
    shelf.add("Committee", "governance by a committee")
    assert shelf.titles("IT governance") == ["Systems"]
    assert len(shelf.titles("it governance")) == 2


def test_inflections_possessives_and_accents_are_the_same_word(shelf: Shelf) -> None:
    shelf.add("Zürich", "the partners' decisions were escalated at the café")
    for query in ("decision", "partner", "partner's", "escalating", "cafe", "zurich", "ZÜRICH"):
        assert shelf.titles(query) == ["Zürich"], query


def test_codes_are_words(shelf: Shelf) -> None:
    shelf.add("Research", "our R&D group")
    shelf.add("Split", "a 50/50 split with co-development")
    shelf.add("Letters", "R and D stand apart, 50 of them")
    assert shelf.titles("R&D") == ["Research"]
    assert shelf.titles("r&d") == ["Research"]
    assert shelf.titles("50/50") == ["Split"]
    assert shelf.titles("codevelopment") == ["Split"]


def test_phrases_are_strict(shelf: Shelf) -> None:
    shelf.add("Phrase", "the final say is ours")
    shelf.add("Apart", "to say it is final")
    assert shelf.titles('"final say"') == ["Phrase"]
    assert len(shelf.titles("final say")) == 2
    assert shelf.titles("\u201cfinal say\u201d") == ["Phrase"]


def test_phrases_keep_stop_words(shelf: Shelf) -> None:
    shelf.add("With", "change of control clause")
    shelf.add("Without", "change control board")
    assert shelf.titles('"change of control"') == ["With"]


def test_excluded_words_and_phrases_are_strict(shelf: Shelf) -> None:
    shelf.add("Draft", "charter in draft, no go")
    shelf.add("Final", "charter agreed, go")
    assert shelf.titles("charter -draft") == ["Final"]
    assert shelf.titles('charter -"no go"') == ["Final"]
    assert shelf.titles("-draft") == ["Final"]


def test_the_exact_title_stands_first_and_no_boost_displaces_it(shelf: Shelf) -> None:
    shelf.add("Joint plan joint plan", "joint plan " * 20, reuse=1000, date=datetime.now(tz=UTC))
    shelf.add("The joint plan", "short")
    shelf.add("Joint plan", "nothing more here", date=day(1))
    assert shelf.titles("joint plan")[0] == "Joint plan"
    assert shelf.titles("The Joint Plan!")[0] == "The joint plan"


def test_words_in_the_title_count_more(shelf: Shelf) -> None:
    shelf.add("Minutes", "about escalation and what else was said in that room")
    shelf.add("Escalation", "about minutes and what else was said in that room")
    assert shelf.titles("escalation room")[0] == "Escalation"


def test_verified_reuse_decides_between_equals(shelf: Shelf) -> None:
    shelf.add("Plain", "escalation path")
    shelf.add("Proven", "escalation path", reuse=20)
    assert shelf.titles("escalation")[0] == "Proven"


def test_sorts(shelf: Shelf) -> None:
    shelf.add("Old", "charter charter charter", date=day(1), reuse=5)
    shelf.add("New", "charter", date=day(3), reuse=1)
    shelf.add("Undated", "charter", reuse=9)
    assert shelf.titles("charter", sort=Sort.NEWEST) == ["New", "Old", "Undated"]
    assert shelf.titles("charter", sort=Sort.MOST_USED) == ["Undated", "Old", "New"]


def test_no_words_at_all_list_everything_newest_first(shelf: Shelf) -> None:
    shelf.add("Old", date=day(1))
    shelf.add("New", date=day(2))
    assert shelf.titles("") == ["New", "Old"]
    assert shelf.titles("   ") == ["New", "Old"]
    assert shelf.search("*** !!!").total == 0


def test_pages_hold_every_hit_once(shelf: Shelf) -> None:
    shelf.fill([{"title": f"Note {number}", "text": "charter"} for number in range(PAGE_SIZE + 5)])
    first, second = shelf.titles("charter"), shelf.titles("charter", page=2)
    assert (len(first), len(second)) == (PAGE_SIZE, 5)
    assert len({*first, *second}) == PAGE_SIZE + 5
    assert shelf.search("charter", page=2).total == PAGE_SIZE + 5
    assert shelf.titles("charter", page=3) == []


def test_synonyms_are_searched_and_told(shelf: Shelf) -> None:
    SynonymGroup.objects.create(terms=["jsc", "joint steering committee", "steerco"])
    shelf.add("Long", "the joint steering committee decides")
    shelf.add("Short", "the JSC decides")
    shelf.add("Apart", "a joint venture without steering by any committee")
    results = shelf.search("JSC")
    assert {hit.object.title for hit in results.hits} == {"Long", "Short"}
    assert results.also_meant == ("joint steering committee", "steerco")
    assert set(shelf.titles("joint steering committee")) == {"Long", "Short", "Apart"}
    assert set(shelf.titles("jsc decides")) == {"Long", "Short"}


def test_a_synonym_group_counts_as_one_word(shelf: Shelf) -> None:
    SynonymGroup.objects.create(terms=["jsc", "joint steering committee"])
    shelf.add("Both", "the joint steering committee and its charter")
    shelf.add("Committee", "the joint steering committee")
    assert shelf.titles("joint steering committee charter") == ["Both"]


def test_own_words_switch_synonyms_off(shelf: Shelf) -> None:
    SynonymGroup.objects.create(terms=["jsc", "joint steering committee"])
    shelf.add("Long", "the joint steering committee decides")
    results = shelf.search("jsc", own_words=True)
    assert (results.total, results.also_meant) == (0, ())


def test_one_way_synonyms_go_one_way(shelf: Shelf) -> None:
    SynonymGroup.objects.create(terms=["fda authority"], means=["regulator"])
    shelf.add("Regulator", "a letter to the regulator")
    shelf.add("Authority", "a letter to the fda authority")
    assert set(shelf.titles("fda authority")) == {"Regulator", "Authority"}
    assert shelf.titles("regulator") == ["Regulator"]


def test_ambiguous_forms_are_offered_and_never_expanded(shelf: Shelf) -> None:
    SynonymGroup.objects.create(
        terms=["nda", "confidentiality agreement"], ambiguous={"nda": "new drug application"}
    )
    shelf.add("Contract", "a confidentiality agreement")
    shelf.add("Filing", "the NDA was filed")
    results = shelf.search("nda")
    assert [hit.object.title for hit in results.hits] == ["Filing"]
    assert results.also_meant == ()
    assert results.possible_meanings == ("confidentiality agreement", "new drug application")
    assert shelf.titles("confidentiality agreement") == ["Contract"]


def test_short_forms_count_in_capitals_only(shelf: Shelf) -> None:
    SynonymGroup.objects.create(terms=["bd", "business development"])
    shelf.add("Long", "business development")
    assert shelf.titles("BD") == ["Long"]
    assert shelf.search("bd").total == 0


def test_a_misspelt_word_gets_a_spelling_that_finds(shelf: Shelf) -> None:
    shelf.add("Governance", "governance of an alliance")
    results = shelf.search("goverance")
    assert (results.total, results.suggestion) == (0, "governance")
    assert shelf.search("alliance goverance").suggestion == "alliance governance"


def test_nothing_found_widens_and_is_noted(shelf: Shelf) -> None:
    shelf.add("Charter", "a charter")
    results = shelf.search("charter xylophone")
    assert results.widened
    assert [hit.object.title for hit in results.hits] == ["Charter"]
    noted = ZeroResultTerm.objects.get()
    assert (noted.term, noted.count) == ("charter xylophone", 1)
    assert not shelf.search("charter").widened


def test_phrases_and_exclusions_stay_strict_when_widened(shelf: Shelf) -> None:
    shelf.add("Charter", "a charter in draft")
    assert shelf.search('"draft charter" plan').total == 0
    assert shelf.search("charter xylophone -draft").total == 0


def test_titles_are_suggested_while_typing(shelf: Shelf) -> None:
    shelf.add("Steering committee charter")
    shelf.add("Charter of the steering committee")
    shelf.add("Committees", "steering")
    found = suggest("steering com", EMPLOYEE)
    assert [hit.object.title for hit in found] == [
        "Steering committee charter",
        "Charter of the steering committee",
    ]
    assert [segment.text for segment in found[0].title if segment.marked] == ["Steering", "committee"]
    assert suggest("", EMPLOYEE) == []
    assert suggest('"*:(', EMPLOYEE) == []


def test_an_unfinished_word_need_not_be_a_stem(shelf: Shelf) -> None:
    shelf.add("Governance review")
    for typed in ("gov", "governan", "governance", "governance rev"):
        assert [hit.object.title for hit in suggest(typed, EMPLOYEE)] == ["Governance review"], typed


def test_related_documents_share_rare_words(shelf: Shelf) -> None:
    filler = [
        {"title": f"Other {number}", "text": f"meeting minutes agenda topic{number}"} for number in range(8)
    ]
    shelf.fill(filler)
    one = shelf.add("Deadlock in pricing", "pricing deadlock escalated to executives, meeting agenda")
    twin = shelf.add("Pricing again", "another pricing deadlock went to the executives, meeting agenda")
    found = related("note", one.pk, EMPLOYEE, limit=3)
    assert found[0].object == twin
    assert one.pk not in [hit.object_id for hit in found]


def test_external_material_is_not_related_to_internal(shelf: Shelf) -> None:
    text = "pricing deadlock escalated to executives"
    shelf.fill([{"title": f"Other {number}", "text": f"meeting topic{number}"} for number in range(4)])
    one = shelf.add("Inside", text)
    outside = shelf.add("Outside", text, shelf="clipping")
    second = shelf.add("Outside too", text, shelf="clipping")
    assert related("note", one.pk, EMPLOYEE) == []
    assert second in [hit.object for hit in related("clipping", outside.pk, EMPLOYEE)]
