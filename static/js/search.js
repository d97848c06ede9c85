/* The results page with htmx: keeps what the reader opened, and loads the page in full where a part cannot be had.
   Without this file, and without htmx, the form is sent as a form. */

const opened = new Map();
const groups = () => document.querySelectorAll("#facet-list details");

document.addEventListener("htmx:beforeSwap", () => {
  for (const group of groups()) opened.set(group.id, group.open);
});

document.addEventListener("htmx:oobAfterSwap", () => {
  for (const group of groups()) group.open = opened.get(group.id) ?? group.open;
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => document.querySelector("#search-state").requestSubmit());
}
