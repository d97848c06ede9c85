/* Asks the server for what may give a partner away each time a draft is saved, and puts an offer into the text at once.
   Which words are listed only the server knows. */

export const watchGuard = (form) => {
  if (!form.querySelector("[data-guard]")) return;
  const ask = () => window.htmx?.trigger(form.querySelector("[data-guard]"), "guard");
  form.addEventListener("composer:saved", ask);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-composer-act]");
    const [act, ...rest] = button?.value.split(":") ?? [];
    if (act === "swap") swap(form, rest, button.dataset.swap);
    else if (act === "keep") keep(form, rest.join(":"));
    else return;
    event.preventDefault();
    form.addEventListener("htmx:afterSettle", () => settleFocus(form), { once: true });
    ask();
  });
};

/* The button that was pressed is gone: on to the next finding, or back to the text. */
const settleFocus = (form) => (form.querySelector("[data-guard] button") ?? form.querySelector("textarea:not([hidden]), input[type=text]")).focus();

const swap = (form, [name, , ...words], offer) => {
  const field = form.elements[name];
  const pattern = new RegExp(`(^|[^\\p{L}\\p{N}_])${escaped(words.join(":"))}(?![\\p{L}\\p{N}_])`, "gu");
  field.value = field.value.replace(pattern, (match, before, place, text) => {
    const lead = (text.slice(0, place) + before).trimEnd();
    const opens = lead === "" || /[.!?]$/.test(lead) || before === "\n";
    return before + (opens ? offer[0].toUpperCase() + offer.slice(1) : offer);
  });
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const keep = (form, words) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "kept", value: words });
  form.querySelector("[data-guard]").append(field);
};

const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
