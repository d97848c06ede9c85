/* Pasting from Word, Excel and pages: lists, tables, headings and quotations stay what they are, as Markdown. What is only
   words is left to the browser and to paste-markdown. With Shift it is pasted as it is. */

import { insertBlock } from "./insert.js";
import { toMarkdown } from "./markdown.js";

const RICH = "ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, [style*='mso-list'], [class^='MsoList']";

export const readRichPaste = (text) => {
  let plain = false;
  text.addEventListener("keydown", (event) => {
    plain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
  });
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (plain || !html) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.body.querySelector(RICH)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    insertBlock(text, toMarkdown(page.body));
  }, { capture: true });
};
