/* The composer: what JavaScript adds to a writing form. Without this file a form is written, looked at and posted too. */

import { watchCounters } from "./composer/counter.js";
import { Draft } from "./composer/draft.js";
import { watchGuard } from "./composer/guard.js";
import { askOnLeaving } from "./composer/leave.js";
import { offerPeople } from "./composer/mentions.js";
import { readRichPaste } from "./composer/paste.js";
import { addTable } from "./composer/table.js";
import { installLink, installText } from "../vendor/composer/elements.js";

for (const text of document.querySelectorAll("textarea[data-composer-text]")) {
  readRichPaste(text);
  installLink(text);
  installText(text);
  offerPeople(text.closest("text-expander"));
}

for (const button of document.querySelectorAll("[data-md-button=table]")) addTable(button);

for (const place of document.querySelectorAll("form [data-draft]")) {
  const form = place.closest("form");
  const draft = new Draft(form, place);
  watchCounters(form);
  watchGuard(form);
  askOnLeaving(form, draft);
}
