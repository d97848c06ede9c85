/* Keeps what is typed into a form on the server: two seconds after the last key, every fifteen while somebody goes on
   typing, and when the page is left. Trouble is told in the page and tried again every ten seconds; the text stays.
   The place of a draft names its owner, so nothing is ever saved for somebody who signed in meanwhile. */

const PAUSE = 2000;
const LONGEST = 15000;
const AGAIN = 10000;
const CONTROLS = new Set(["csrfmiddlewaretoken", "draft", "act", "kept", "seen"]);
const TROUBLES = ["unsaved", "refused", "expired", "stranger"];
const RETRIED = new Set(["unsaved", "expired", "stranger"]);

export class Draft {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.sent = false;
    this.trouble = "";
    this.stored = this.typed();
    this.waiting = null;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("visibilitychange", () => this.onVisibility());
    addEventListener("pagehide", () => this.onLeaving());
    addEventListener("pageshow", (event) => { if (event.persisted) this.sent = false; });
    addEventListener("beforeunload", (event) => { if (this.atRisk) event.preventDefault(); });
    document.addEventListener("htmx:beforeOnLoad", (event) => this.onAnswer(event));
  }

  get dirty() {
    return this.typed() !== this.stored;
  }

  get atRisk() {
    return !this.sent && this.trouble !== "" && this.dirty;
  }

  get empty() {
    return [...this.form.elements].every(
      (control) => !control.matches("textarea, input[type=text], input:not([type])") || !control.value.trim());
  }

  data() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  typed() {
    return JSON.stringify([...this.data()].filter(([name]) => !CONTROLS.has(name)));
  }

  soon() {
    if (this.sent || RETRIED.has(this.trouble) || !this.dirty) return;
    this.since ??= Date.now();
    clearTimeout(this.timer);
    const longest = Math.max(this.since + LONGEST - Date.now(), 0);
    this.timer = setTimeout(() => this.save(), Math.min(PAUSE, longest));
  }

  /* One request at a time; whoever asks meanwhile waits for it and for what was typed after it. True where all is kept. */
  async save({ keepalive = false } = {}) {
    while (this.waiting) await this.waiting;
    clearTimeout(this.timer);
    if (this.sent || !this.dirty) return true;
    this.waiting = this.send(keepalive);
    const kept = await this.waiting;
    this.waiting = null;
    if (kept) this.soon();
    else if (RETRIED.has(this.trouble)) this.timer = setTimeout(() => this.tryAgain(), AGAIN);
    return kept;
  }

  async send(keepalive) {
    const typed = this.typed();
    this.since = undefined;
    const address = this.empty ? this.place.dataset.discard : this.place.dataset.draft;
    let answer;
    try {
      answer = await this.post(address, keepalive);
      if (answer.status === 403) {
        if (!(await this.renew())) return false;
        answer = await this.post(address, keepalive);
      }
      return await this.settle(typed, answer);
    } catch {
      return this.tell("unsaved");
    }
  }

  async settle(typed, answer) {
    if (answer.type === "opaqueredirect") return this.tell("expired");
    if (answer.status === 409) return this.tell("stranger");
    if (answer.status === 422) return this.tell("refused", (await answer.json()).words);
    if (!answer.ok) return this.tell("unsaved");
    this.stored = typed;
    this.tell("", answer.status === 200 ? (await answer.json()).words : "");
    this.form.dispatchEvent(new CustomEvent("composer:saved"));
    return true;
  }

  post(address, keepalive) {
    return fetch(address, {
      method: "POST", body: this.data(), redirect: "manual", keepalive, headers: { Accept: "application/json" },
    });
  }

  /* After signing in again the page's token is old. A new one is taken only where the same person came back. */
  async renew() {
    const answer = await fetch(this.place.dataset.session, {
      redirect: "manual", headers: { Accept: "application/json" },
    });
    if (answer.type === "opaqueredirect") return this.tell("expired");
    if (!answer.ok) return this.tell("unsaved");
    const { owner, token } = await answer.json();
    if (String(owner) !== this.place.dataset.owner) return this.tell("stranger");
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  async tryAgain() {
    clearTimeout(this.timer);
    const back = await this.renew().catch(() => false);
    if (!back) {
      this.timer = setTimeout(() => this.tryAgain(), AGAIN);
      return;
    }
    this.tell("");
    await this.save();
  }

  /* Shows one trouble, or none; false, so that a caller can pass it on. */
  tell(trouble, words = "") {
    this.trouble = trouble;
    for (const name of TROUBLES) {
      const note = this.place.querySelector(`[data-state=${name}]`);
      note.hidden = name !== trouble;
      if (name === trouble && words) note.querySelector("[data-words]").textContent = words;
    }
    const saved = this.form.querySelector("[data-saved]");
    if (saved) {
      saved.hidden = trouble !== "" || !words;
      saved.querySelector("[data-words]").textContent = words;
    }
    return false;
  }

  /* A post waits until what was typed is kept, so that a session that ended meanwhile loses nothing. */
  async onSubmit(event) {
    const act = event.submitter?.value || "post";
    if (event.defaultPrevented || act !== "post") {
      this.sent = !event.defaultPrevented;
      return;
    }
    if (this.sent) return event.preventDefault();
    if (!this.waiting && !this.dirty && !this.trouble) {
      this.sent = true;
      return;
    }
    event.preventDefault();
    if (!(await this.save()) && RETRIED.has(this.trouble)) {
      this.place.querySelector(`[data-state=${this.trouble}]`)?.scrollIntoView({ block: "center" });
      return;
    }
    if (this.sent) return;
    this.sent = true;
    this.submit(event.submitter);
  }

  submit(button) {
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      this.form.append(field);
    }
    this.form.submit();
  }

  onVisibility() {
    if (document.visibilityState === "hidden") this.save({ keepalive: true });
    else if (RETRIED.has(this.trouble)) this.tryAgain();
  }

  onLeaving() {
    if (!this.sent && this.dirty && !this.empty) navigator.sendBeacon(this.place.dataset.draft, this.data());
  }

  /* htmx would follow the way to sign-in and take the page and its text along. */
  onAnswer(event) {
    if (event.detail.xhr.status !== 401 || !this.form.contains(event.detail.elt)) return;
    event.preventDefault();
    this.tell("expired");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tryAgain(), AGAIN);
  }

  async discard() {
    this.sent = true;
    clearTimeout(this.timer);
    if (this.waiting) await this.waiting;
    await this.post(this.place.dataset.discard, true).catch(() => null);
  }
}
