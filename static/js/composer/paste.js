/* Pasting from Word, Excel and pages: lists, tables, headings, quotations, emphasis and links stay what they are, as
   Markdown. What is only words is left to the browser, addresses over chosen words to paste-markdown. With Shift
   everything is pasted as it is. */

import { insert, insertBlock } from "./insert.js";
import { readHtml, toMarkdown } from "./markdown.js";

const BLOCKS = "ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, [data-style*='mso-list']";
const INLINE = "b, strong, i, em, code, a[href]";

export const readRichPaste = (text) => {
  let plain = false;
  text.addEventListener("keydown", (event) => {
    plain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
  });
  text.addEventListener("paste", (event) => {
    if (plain) return event.stopImmediatePropagation();
    const html = event.clipboardData?.getData("text/html") ?? "";
    const body = html && readHtml(html);
    const place = body && (body.querySelector(BLOCKS) ? insertBlock : body.querySelector(INLINE) ? insert : null);
    if (!place) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    place(text, toMarkdown(body));
  }, { capture: true });
};
