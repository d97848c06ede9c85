"""What people type: bounds with clear messages, rows, presets, and addresses that hold it all."""

import pytest

from playbook.calculators import CALCULATORS
from playbook.calculators.typed import (
    Reading,
    as_typed,
    from_query,
    in_words,
    read,
    to_query,
)
from playbook.reading.calculator import LONGEST_ADDRESS, Sheet, sheet_from
from tests.playbook.calculator_cases import definition_of

URL = "/playbook/tools/some-tool/"


def reading(code: str, **words: str) -> Reading:
    """What is read out of some typed words."""
    definition = definition_of(code)
    query = {name.replace("__", "."): value for name, value in words.items()}
    return read(from_query(query, definition), definition, CALCULATORS[code].whole)


def problem(code: str, **words: str) -> str:
    """The one message that some words cause."""
    problems = list(reading(code, **words).problems.values())
    assert len(problems) == 1
    return problems[0].message


def sheet(code: str, **words: str) -> Sheet:
    """The page's sheet for some typed words."""
    query = {name.replace("__", "."): value for name, value in words.items()}
    return sheet_from(CALCULATORS[code], definition_of(code), query, URL)


def test_the_first_look_shows_the_result_of_the_defaults() -> None:
    first = sheet("T15")
    assert first.result is not None
    assert first.result.headline[0].text == "2.96"
    assert first.share_url == URL
    assert first.method == "get"


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("T01", {"value_at_stake": "7"}, "Value at stake is a score from 0 to 4; you wrote 7."),
        ("T01", {"value_at_stake": "2.5"}, "Value at stake is a score from 0 to 4; you wrote 2.5."),
        ("T01", {"value_at_stake": ""}, "Value at stake is empty: write a score from 0 to 4."),
        ("T15", {"days_low": "-1"}, "Delay, low case is a number from 0 to 1095 (calendar days); you wrote -1."),
        ("T15", {"our_share": "1,5"}, "Our share of the net value is a number from 0 to 1, with a point as in 0.5; you wrote 1,5."),
        ("T15", {"probability": "nan"}, "Probability that the value is reached is a number from 0 to 1, with a point as in 0.5; you wrote nan."),
        ("T01", {"override_tier": "T9"}, "Overrule the tier: choose one of none, T1, T2, T3, T4; you wrote T9."),
        ("T14", {"alliances__0__count": "1.5"}, "Row 1, Number of alliances alike is a whole number from 1 to 50 (alliances); you wrote 1.5."),
        ("T14", {"alliances__0__ready": "maybe"}, "Row 1, Our organisation is ready for partners is yes (1) or no (0); you wrote maybe."),
    ],
)  # fmt: skip
def test_a_message_names_the_input_its_bounds_and_what_was_written(
    code: str, words: dict[str, str], said: str
) -> None:
    assert problem(code, **words) == said


def test_bounds_themselves_are_inside() -> None:
    assert reading("T15", days_low="0", days_likely="0", days_high="1095").values is not None
    assert reading("T14", am_fte="0.1").values is not None
    assert reading("T14", am_fte="0.09").values is None


@pytest.mark.parametrize("words", ["1e5", "infinity", "٣", "0x10", "1" * 13, "--1", "1_000"])
def test_only_plain_numbers_are_numbers(words: str) -> None:
    assert "days_low" in reading("T15", days_low=words).problems


def test_what_was_typed_is_kept_beside_its_message() -> None:
    shown = sheet("T15", days_low="soon", value_low="91")
    field = next(field for field in shown.fields if field.name == "days_low")
    assert (field.words, shown.result) == ("soon", None)
    assert "you wrote soon" in field.problem
    assert "days_low=soon" in shown.share_url
    assert "value_low=91" in shown.share_url


def test_long_words_are_cut_in_the_message_only() -> None:
    assert len(problem("T15", days_low="9" * 300)) < 150
    said = problem("T01", override_reason="x" * 501)
    assert said == "Reason for overruling holds 500 characters at most; you wrote 501."


def test_the_screener_says_why_there_is_no_result() -> None:
    shown = sheet("T01", co_work="9")
    assert shown.unreadable.startswith("Give all seven scores as whole numbers from 0 to 4.")
    assert sheet("T01").unreadable == ""


def test_readiness_takes_a_half_and_warns() -> None:
    shown = sheet("T20", culture="2.5")
    assert shown.result is not None
    assert any("whole numbers" in warning for warning in shown.result.warnings)


def test_a_list_starts_with_its_least_rows() -> None:
    shown = sheet("T14")
    assert [len(entry.rows) for entry in shown.lists] == [1, 0]
    assert not shown.lists[0].can_remove


def test_rows_are_added_and_removed_by_buttons() -> None:
    two = sheet("T14", alliances__0__alliance="Heron", add="alliances")
    assert [row.fields[0].words for row in two.lists[0].rows] == ["Heron", ""]
    one = sheet("T14", alliances__0__alliance="Heron", alliances__1__alliance="Teal", remove="alliances.0")
    assert [row.fields[0].words for row in one.lists[0].rows] == ["Teal"]


@pytest.mark.parametrize(
    "button", ["alliances.9", "alliances.-1", "alliances.x", "alliances", "services.0", "", "٣"]
)
def test_a_button_for_a_row_that_is_not_there_does_nothing(button: str) -> None:
    words = {"alliances.0.alliance": "Heron", "alliances.1.alliance": "Teal", "remove": button}
    shown = sheet_from(CALCULATORS["T14"], definition_of("T14"), words, URL)
    assert len(shown.lists[0].rows) == 2


def test_the_last_row_stays() -> None:
    assert len(sheet("T14", alliances__0__alliance="Heron", remove="alliances.0").lists[0].rows) == 1


def test_rows_keep_their_order_and_gaps_close() -> None:
    shown = sheet("T14", alliances__7__alliance="Teal", alliances__2__alliance="Heron")
    assert [row.fields[0].words for row in shown.lists[0].rows] == ["Heron", "Teal"]


def test_more_rows_than_the_bound_are_refused_not_cut_silently() -> None:
    query = {f"alliances.{number}.category": "C" for number in range(61)}
    shown = sheet_from(CALCULATORS["T14"], definition_of("T14"), query, URL)
    assert shown.result is None
    assert shown.lists[0].problem == "Alliances: 60 rows at most."
    assert not shown.lists[0].can_add


def test_a_preset_fills_the_form_and_keeps_what_it_does_not_name() -> None:
    shown = sheet("T15", value_low="15", value_likely="22", value_high="28", apply="3")
    words = {field.name: field.words for field in shown.fields}
    assert (words["value_likely"], words["probability"], words["our_share"]) == ("22", "1", "0.3")
    assert [entry.applied for entry in shown.presets].index(True) == 3
    assert "preset=3" in shown.share_url


def test_a_whole_case_replaces_rows_and_rows_alone_are_added() -> None:
    definition = definition_of("T14")
    numbers = {preset.name: str(number) for number, preset in enumerate(definition.presets)}
    whole = sheet("T14", alliances__0__alliance="Mine", apply=numbers["Licence desk"])
    assert [row.fields[0].words for row in whole.lists[0].rows] == ["Eight distributors", "Largest licensee"]
    added = sheet("T14", alliances__0__alliance="Mine", apply=numbers["What if three deals close"])
    assert [row.fields[0].words for row in added.lists[0].rows] == ["Mine", "New deal 1", "New deals 2 and 3"]
    fresh = sheet("T14", apply=numbers["What if three deals close"])
    assert len(fresh.lists[0].rows) == 2


def test_advice_without_values_is_no_button() -> None:
    shown = sheet("T14")
    assert [preset.name for preset in shown.advice] == ["Which category"]
    assert len(shown.presets) == 10


@pytest.mark.parametrize("number", ["99", "-1", "x", "", "0.0", "99999999999"])
def test_a_preset_that_is_not_there_is_ignored(number: str) -> None:
    assert sheet("T15", apply=number).preset == ""


def test_the_kept_preset_is_noticed_over_the_next_request() -> None:
    applied = sheet("T01", apply="0")
    query = dict(pair.split("=") for pair in applied.share_url.partition("?")[2].split("&"))
    again = sheet_from(CALCULATORS["T01"], definition_of("T01"), query, URL)
    assert again.result is not None
    assert any(warning.startswith("You kept the preset") for warning in again.result.warnings)


def test_the_address_leaves_defaults_out() -> None:
    definition = definition_of("T14")
    typed = from_query({"am_fte": "0.5", "alliances.0.tier": "T1"}, definition)
    assert to_query(typed, definition) == [
        ("am_fte", "0.5"),
        ("alliances.0.category", "A"),
        ("alliances.0.tier", "T1"),
    ]


def test_a_form_too_long_for_an_address_is_posted() -> None:
    query = {f"alliances.{number}.alliance": "A code name" for number in range(30)}
    shown = sheet_from(CALCULATORS["T14"], definition_of("T14"), query, URL)
    assert shown.method == "post"
    assert LONGEST_ADDRESS < 4094
    assert sheet("T14").method == "get"


def test_worked_examples_lead_back_to_their_figures() -> None:
    shown = sheet("T14")
    assert len(shown.examples) == 9
    assert all(example.url.startswith(f"{URL}?") for example in shown.examples)


def test_bands_are_said_in_words_of_the_content() -> None:
    shown = sheet("T14", alliances__0__category="C", alliances__0__count="14")
    assert shown.result is not None
    band = next(figure for figure in shown.result.headline if figure.key == "band")
    assert (band.text, band.tone) == ("Overloaded", "bad")
    assert band.band is not None
    assert band.band.text.startswith("Some alliances are in fact unmanaged.")


def test_what_if_figures_stand_first_only_where_they_differ() -> None:
    alone = sheet("T14")
    assert alone.result is not None
    assert [figure.key for figure in alone.result.headline] == ["shown_mid", "band", "people_now"]
    both = sheet("T14", alliances__0__category="A", alliances__1__scenario="what_if")
    assert both.result is not None
    assert "shown_whatif" in [figure.key for figure in both.result.headline]


def test_units_and_values_as_people_read_them() -> None:
    assert as_typed(0.5) == "0.5"
    assert as_typed(2.0) == "2"
    assert as_typed(True) == "1"
    assert as_typed(None) == ""
    inputs = {spec.key: spec for spec in definition_of("T14").inputs}
    assert in_words(inputs["am_fte"]) == "a number from 0.1 to 1 (FTE)"
    ratio = sheet("T15b", own_value_us="0", own_value_partner="0").result
    assert ratio is not None
    assert next(figure.text for figure in ratio.figures if figure.key == "synergy_ratio") == "no value"
