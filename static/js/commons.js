/* Small comforts. Every page works without this file. */

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("main [data-search-key]") ?? document.querySelector("[data-search-key]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

/* A page that came back with errors begins at what they are. */
document.querySelector("[data-focus]")?.focus();
