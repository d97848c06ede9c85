/* Keyboard shortcuts, where the page carries their list: the reader has them on. Quiet in fields and beside Ctrl, Alt, Command. */

const list = document.querySelector("dialog[data-shortcuts]");
const WITHIN = 1000;
let ledAt = -Infinity;

const toSearch = () => {
  const field = document.querySelector("main [data-search-key]") ?? document.querySelector("[data-search-key]");
  field?.focus();
  field?.select();
  return Boolean(field);
};

const go = (key, now) => {
  if (now - ledAt > WITHIN) return false;
  const link = list.querySelector(`[data-go="${CSS.escape(key)}"]`);
  ledAt = -Infinity;
  if (link) location.assign(link.href);
  return Boolean(link);
};

const answer = (event) => {
  if (event.key === "/") return toSearch();
  if (event.key === "?") return list.showModal() === undefined;
  if (event.key === "g" && event.timeStamp - ledAt > WITHIN) {
    ledAt = event.timeStamp;
    return true;
  }
  return go(event.key, event.timeStamp);
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const quiet = !list || list.open || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (!quiet && answer(event)) event.preventDefault();
});
