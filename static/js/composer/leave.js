/* A link that closes the composer asks what becomes of the text, where there is any that was not posted. */

export const askOnLeaving = (form, draft) => {
  const dialog = form.querySelector("dialog[data-leave]");
  let target = "";

  for (const link of form.querySelectorAll("a[data-composer-close]")) {
    link.addEventListener("click", (event) => {
      if (draft.empty || draft.sent) return;
      event.preventDefault();
      target = link.href;
      dialog.showModal();
    });
  }

  dialog?.addEventListener("click", async (event) => {
    const choice = event.target.closest("button")?.value;
    if (!choice) return;
    dialog.close();
    if (choice === "stay") return;
    if (choice === "discard") await draft.discard();
    else if (!(await draft.save())) return;
    draft.sent = true;
    location.assign(target);
  });
};
