/* Small comforts of the forums. Every page works without this file: levels have a button, acts reload the page. */

for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.querySelector("[data-send]").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}

async function actInPlace(button) {
  const post = button.closest("article");
  const sent = new FormData(button.form, button);
  const answer = await fetch(button.formAction, { method: "POST", body: sent });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(post.id)?.querySelector(".acts");
  if (!fresh) throw new Error("no such post");
  const which = [...post.querySelectorAll("button[data-in-place]")].indexOf(button);
  post.querySelector(".acts").replaceWith(fresh);
  fresh.querySelectorAll("button[data-in-place]")[which]?.focus();
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.matches("button[data-in-place]")) return;
  event.preventDefault();
  actInPlace(button).catch(() => {
    button.removeAttribute("data-in-place");
    button.form.requestSubmit(button);
  });
});
