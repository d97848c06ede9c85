/* The button that begins a table of two columns. */

import { insertBlock } from "./insert.js";

export const addTable = (button) => {
  const [first, second] = button.dataset.insert.split("|");
  button.addEventListener("click", () => {
    const text = button.closest("markdown-toolbar").field;
    insertBlock(text, `| ${first} | ${second} |\n| --- | --- |\n|  |  |`);
  });
};
