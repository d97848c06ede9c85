/* Small comforts of the forums. Every page works without this file: levels have a button, acts reload the page. */

for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.querySelector("[data-send]").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}

async function actInPlace(form) {
  const post = form.closest("article");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(post.id)?.querySelector(".acts");
  if (!fresh) throw new Error("no such post");
  const which = [...post.querySelectorAll("form[data-in-place]")].indexOf(form);
  post.querySelector(".acts").replaceWith(fresh);
  fresh.querySelectorAll("form[data-in-place]")[which]?.querySelector("button").focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-in-place]")) return;
  event.preventDefault();
  actInPlace(event.target).catch(() => event.target.submit());
});
