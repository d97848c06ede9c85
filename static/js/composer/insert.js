/* Puts text where the cursor is, so that undo takes it back. */

export const insert = (text, words) => {
  text.focus();
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
};

/* The words as a block of their own: an empty line before and after, where there is none yet. */
export const insertBlock = (text, words) => {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after === "" || after.startsWith("\n\n") ? "\n" : after.startsWith("\n") ? "" : "\n\n";
  insert(text, lead + words + tail);
};
