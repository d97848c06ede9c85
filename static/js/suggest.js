/* Titles while typing, for every form with data-suggest: the WAI-ARIA combobox pattern with a list of links' titles.
   One request a pause; an answer that comes too late is dropped. Without this file the form searches as it always does. */

const PAUSE = 150;
const SHORTEST = 2;
let serial = 0;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const picture = (address) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", address);
  svg.append(use);
  return svg;
};

class Suggestions {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.id = `suggestions-${(serial += 1)}`;
    this.list = element("ul", { id: this.id, role: "listbox", class: "suggestions", hidden: "" });
    this.status = element("span", { role: "status", class: "sr" });
    this.active = -1;
    form.append(this.list, this.status);
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id,
    })) input.setAttribute(key, value);
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.children];
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.fetch(text), PAUSE);
  }

  async fetch(text) {
    this.request = new AbortController();
    try {
      const answer = await fetch(`/search/suggest/?${new URLSearchParams({ q: text })}`, {
        signal: this.request.signal, headers: { Accept: "application/json" }, redirect: "error",
      });
      if (answer.ok && document.activeElement === this.input) this.show(await answer.json());
    } catch {
      this.close();
    }
  }

  show({ label, words, suggestions }) {
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...suggestions.map((suggestion, number) => this.option(suggestion, number)));
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = words;
    this.toggle(suggestions.length > 0);
  }

  option({ title, kind, icon, url }, number) {
    const pieces = title.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
    const words = element("span", { class: "words" }, ...pieces);
    const option = element("li", { role: "option", id: `${this.id}-${number}`, "aria-selected": "false", "data-url": url });
    option.append(picture(icon), words, element("span", { class: "kind" }, kind));
    return option;
  }

  toggle(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
    this.toggle(false);
  }

  move(step) {
    const options = this.options;
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = ((this.active + step + 1 + options.length + 1) % (options.length + 1)) - 1;
    const chosen = options[this.active];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  open(option) {
    if (option?.dataset.url) location.assign(option.dataset.url);
  }

  onKey(event) {
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.ask();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.open(this.options[this.active]);
    else return;
    event.preventDefault();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[name=q]");
  if (input) new Suggestions(form, input);
}
