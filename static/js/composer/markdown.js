/* HTML of the clipboard to Markdown: paragraphs, headings, lists (Word's too, which are paragraphs with a style), tables,
   quotations, emphasis, links. Pictures, colours and sizes are left behind. The server cleans what comes out like any text. */

const INDENT = "    ";
const LEFT_OUT = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML", "IMG", "O:P", "COL", "COLGROUP", "NOSCRIPT"]);
const BLOCKS = new Set(["P", "DIV", "UL", "OL", "TABLE", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6", "SECTION",
  "ARTICLE", "LI", "HR", "CENTER"]);
const WORD_LEVEL = /mso-list:[^;"']*level(\d)/i;
const WORD_MARK = "[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']";
const ORDERED = /^\(?(\d{1,4}|[a-z]{1,3})[.)]$/i;

const HIDDEN_PARTS = /<(style|script)\b[^<]*(?:<(?!\/\1)[^<]*)*<\/\1\s*>/gi;
const TAG = /<[a-z][^<>]*>/gi;
const ACTIVE = /(\s)(style|on\w+)(\s*=)/gi;

/* The page is never shown and nothing in it runs; styles and handlers are renamed because the content policy would
   report each of them all the same. */
export const readHtml = (html) => {
  const quiet = html.replace(HIDDEN_PARTS, "").replace(TAG, (tag) => tag.replace(ACTIVE, "$1data-$2$3"));
  return new DOMParser().parseFromString(quiet, "text/html").body;
};

export const toMarkdown = (root) => blocksOf(root).filter((block) => block.trim()).join("\n\n").replace(/\n{3,}/g, "\n\n");

/* -- blocks -- */

const blocksOf = (root) => {
  const blocks = [];
  let run = [];
  const close = () => {
    if (run.length) blocks.push(inline(run).trim());
    run = [];
  };
  for (const node of wordListsJoined(root)) {
    if (Array.isArray(node)) { close(); blocks.push(wordList(node)); }
    else if (node.nodeType === Node.ELEMENT_NODE && holdsBlocks(node)) { close(); blocks.push(...block(node)); }
    else run.push(node);
  }
  close();
  return blocks;
};

const holdsBlocks = (node) => BLOCKS.has(node.tagName) || [...node.children].some(holdsBlocks);

const block = (node) => {
  const heading = /^H([1-6])$/.exec(node.tagName);
  if (heading) return [`${"#".repeat(Math.max(Number(heading[1]), 2))} ${line(node)}`];
  if (node.tagName === "UL" || node.tagName === "OL") return [list(node, 0)];
  if (node.tagName === "TABLE") return [table(node)];
  if (node.tagName === "PRE") return [`\`\`\`\n${node.textContent.replace(/\n+$/, "")}\n\`\`\``];
  if (node.tagName === "HR") return ["---"];
  if (node.tagName === "BLOCKQUOTE") return [quoted(blocksOf(node).join("\n\n"))];
  return blocksOf(node);
};

const quoted = (text) => text.split("\n").map((words) => `> ${words}`.trimEnd()).join("\n");

/* -- lists -- */

const list = (node, depth) => {
  let number = Number(node.getAttribute("start")) || 1;
  const ordered = node.tagName === "OL";
  const lines = [];
  for (const item of node.children) {
    if (item.tagName === "UL" || item.tagName === "OL") { lines.push(list(item, depth + 1)); continue; }
    const inner = [...item.children].filter((child) => child.tagName === "UL" || child.tagName === "OL");
    const words = inline([...item.childNodes].filter((child) => !inner.includes(child))).trim();
    lines.push(entry(words, depth, ordered ? `${number}.` : "-"), ...inner.map((child) => list(child, depth + 1)));
    number += 1;
  }
  return lines.join("\n");
};

const entry = (words, depth, mark) => `${INDENT.repeat(depth)}${mark} ${words.replace(/\s*\n\s*/g, " ")}`;

/* The children of a node, with runs of Word's list paragraphs put into arrays. */
const wordListsJoined = (root) => {
  const joined = [];
  for (const node of root.childNodes) {
    const last = joined.at(-1);
    if (wordLevel(node)) {
      if (Array.isArray(last) && listId(last[0]) === listId(node)) last.push(node);
      else joined.push([node]);
    } else if (node.nodeType === Node.COMMENT_NODE || (Array.isArray(last) && !node.textContent.trim())) continue;
    else joined.push(node);
  }
  return joined;
};

const wordLevel = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return 0;
  const level = WORD_LEVEL.exec(node.dataset.style ?? "");
  return level ? Number(level[1]) : 0;
};

const listId = (node) => /mso-list:\s*(l\d+)/i.exec(node.dataset.style)?.[1];

const wordList = (paragraphs) => {
  const counts = [];
  return paragraphs.map((paragraph) => {
    const level = wordLevel(paragraph);
    const mark = paragraph.querySelector(WORD_MARK)?.textContent.trim() ?? "";
    counts.length = level;
    counts[level - 1] = (counts[level - 1] ?? 0) + 1;
    return entry(line(paragraph), level - 1, ORDERED.test(mark) ? `${counts[level - 1]}.` : "-");
  }).join("\n");
};

/* -- tables -- */

const table = (node) => {
  const rows = [...node.rows].map(cells).filter((row) => row.some(Boolean));
  const width = Math.max(...rows.map((row) => row.findLastIndex(Boolean) + 1));
  if (rows.length === 0) return "";
  if (width === 1) return rows.map(([words]) => words).join("\n\n");
  const full = rows.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? ""));
  const [head, ...body] = full.map((row) => `| ${row.join(" | ")} |`);
  return [head, `| ${Array(width).fill("---").join(" | ")} |`, ...body].join("\n");
};

const cells = (row) => [...row.cells].flatMap((cell) => [
  line(cell).replaceAll("|", "\\|"), ...Array(Math.max(Math.min(cell.colSpan, 50) - 1, 0)).fill(""),
]);

/* -- words -- */

const line = (node) => inline([...node.childNodes]).replace(/\s+/g, " ").trim();

const inline = (nodes) => nodes.map(words).join("").replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n");

const words = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(node.tagName) || node.matches(WORD_MARK)) return "";
  if (node.tagName === "BR") return "\n";
  const inner = inline([...node.childNodes]);
  if (BLOCKS.has(node.tagName)) return `${inner} `;
  return marked(node, inner);
};

const marked = (node, inner) => {
  const bare = inner.trim();
  if (!bare) return inner;
  const around = (mark) => inner.replace(bare, () => `${mark}${bare}${mark}`);
  const normal = /font-weight:\s*(normal|400)/i.test(node.dataset?.style ?? "");
  if (/^(B|STRONG)$/.test(node.tagName) && !normal) return around("**");
  if (/^(I|EM)$/.test(node.tagName)) return around("_");
  if (/^(CODE|KBD|TT)$/.test(node.tagName)) return inner.replace(bare, () => `\`${node.textContent.trim()}\``);
  if (node.tagName === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "")) {
    const address = node.getAttribute("href").trim().replace(/[\s()<>]/g, encodeURIComponent);
    return node.textContent.trim() === address ? address : inner.replace(bare, () => `[${bare}](${address})`);
  }
  return inner;
};

const escaped = (text) => text.replace(/[\\`*_[\]]/g, "\\$&").replace(/<(?=[a-z/!?])/gi, "&lt;");
