/* Opening a notice also marks it as read, whatever its page does. Without this file the button beside it does. */

for (const link of document.querySelectorAll("[data-notice]")) {
  link.addEventListener("click", () => {
    const form = link.closest("li").querySelector("form");
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
  });
}
