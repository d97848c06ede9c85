/* Colleagues under @: asks the server by the beginning of a name and puts the chosen one in as a link. */

const ADDRESS = "/compose/mentions/";
let serial = 0;

const part = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const option = ({ name, title, initials, value }) => part(
  "li", { role: "option", id: `mention-${(serial += 1)}`, "data-value": value },
  part("span", { class: "face b", "aria-hidden": "true" }, initials),
  part("span", {}, part("b", {}, name), part("small", {}, title)));

const find = async (text) => {
  const answer = await fetch(`${ADDRESS}?${new URLSearchParams({ q: text })}`, {
    headers: { Accept: "application/json" }, redirect: "error",
  });
  const { label, people } = await answer.json();
  const list = part("ul", { role: "listbox", class: "mention-list", "aria-label": label }, ...people.map(option));
  return { matched: people.length > 0, fragment: list };
};

/* A text of many lines is no combobox: it stays a text box that completes from a list. */
const asTextbox = (expander) => {
  const text = expander.querySelector("textarea");
  text.removeAttribute("role");
  text.removeAttribute("aria-expanded");
};

export const offerPeople = (expander) => {
  if (!expander) return;
  expander.addEventListener("text-expander-change", (event) => {
    const { text, provide } = event.detail;
    if (text) provide(find(text).catch(() => ({ matched: false })));
  });
  expander.addEventListener("text-expander-value", (event) => {
    event.detail.value = event.detail.item.dataset.value;
  });
  expander.addEventListener("text-expander-activate", () => queueMicrotask(() => asTextbox(expander)));
  expander.addEventListener("text-expander-committed", (event) => {
    event.detail.input.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
