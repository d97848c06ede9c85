/* Small comforts. Every page works without this file. */

/* A page that came back with errors begins at what they are. */
document.querySelector("[data-focus]")?.focus();
