"""Walks through the form of recording a lesson as a browser without scripts does: all fields of the page, and a button."""

from collections.abc import Mapping
from html.parser import HTMLParser

from django.test import Client

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "planned": {
        "title": "Samples waited for a customs form",
        "planned": "Samples would reach the laboratory in two days.",
        "alliance_type": "codev",
        "phase": "startup",
    },
    "happened": {
        "happened": "The samples stood at customs for 12 days because a form was missing. "
        "Two of four batches were lost, and the study began three weeks late."
    },
    "why": {"why_1": "Nobody knew that the form was needed", "outcome": "negative"},
    "cost": {"impact_days": "15"},
    "tell": {
        "advice_who": "The alliance manager",
        "advice_does": "has logistics list the forms of each country",
        "advice_when": "before the first shipment is planned",
    },
}


class Fields(HTMLParser):
    """The fields of the form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.repeated: dict[str, list[str]] = {}
        self.open = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "textarea":
            self.open = name
            self.values[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in found:
            self.values[self.select] = found["value"]
        elif (
            tag == "input" and name and (found.get("type") not in ("radio", "checkbox") or "checked" in found)
        ):
            ticked = "on" if found.get("type") == "checkbox" else ""
            self.values[name] = found.get("value", ticked)
            self.repeated.setdefault(name, []).append(self.values[name])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.open = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            text = self.values[self.open] + data
            self.values[self.open] = text.removeprefix("\n") if not self.values[self.open] else text


def fields_of(page: str) -> Fields:
    """The fields of the main part of a page."""
    parser = Fields()
    parser.feed(page[page.index('id="capture"') :])
    return parser


class Writer:
    """Somebody at the form."""

    def __init__(self, client: Client, address: str = "/lessons/new/") -> None:
        self.client = client
        answer = client.get(address)
        assert answer.status_code == 200
        self.see(answer.content.decode())

    def see(self, page: str) -> None:
        """Reads a page."""
        found = fields_of(page)
        self.page, self.values = page, found.values
        self.several = {name: values for name, values in found.repeated.items() if len(values) > 1}
        self.action = page.split('id="capture" method="post" action="')[1].split('"')[0].replace("&amp;", "&")

    def press(self, act: str = "post", **typed: str) -> int:
        """Types, presses a button, and follows to the next page; the status of the answer."""
        answer = self.client.post(self.action, {**self.values, **self.several, **typed, "act": act})
        if answer.status_code == 302:
            self.landed = answer.headers["Location"]
            shown = self.client.get(self.landed).content.decode()
            if 'id="capture"' in shown:
                self.see(shown)
            return 302
        self.see(answer.content.decode())
        return answer.status_code

    def write(self, answers: Mapping[str, Mapping[str, str]] = ANSWERS) -> int:
        """Goes through all steps."""
        return [self.press(**typed) for typed in answers.values()][-1]
