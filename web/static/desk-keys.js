// The desk by keyboard: through the values of a draft and on to the next draft. Every key presses
// something that stands on the page; nothing fires while something is typed or composed.

const OFF = "desk-keys-off"; // in this browser: for those who speak to it, or type by mistake

const within = (selector) => document.activeElement?.closest?.(selector);
const value = () => within("[data-value]");
const values = () => [...document.querySelectorAll("[data-value]")];
const press = (selector) => document.querySelector(selector)?.click();

function go(target) {
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = values();
  const at = all.indexOf(value());
  const first = all.findIndex((one) => one.dataset.value === "proposed");
  go(all[at < 0 ? Math.max(first, 0) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function fill() {
  const details = within(".field")?.querySelector("details[id^=fill-]");
  if (!details) return;
  details.open = true;
  go(details.querySelector("[name=part], [name=typed]"));
}

const decide = (how) => value()?.querySelector(`button[value=${how}]`)?.click();

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => decide("accept"),
  Enter: () => decide("accept"),
  x: () => decide("reject"),
  e: fill,
  s: () => document.querySelector("#assign:popover-open button")?.focus(),
  m: () => press("[data-press=m]"),
  g: () => go(document.getElementById("gates")),
  n: () => press(".desk-foot a[rel=next]"),
  p: () => press(".desk-foot a[rel=prev]"),
  "?": () => document.getElementById("keys").togglePopover(),
};

document.addEventListener("keydown", (event) => {
  if (!document.getElementById("draft") || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (localStorage.getItem(OFF) && event.key !== "?") return;
  if (event.key === "Enter" && document.activeElement !== value()) return; // on a link or button
  if (event.repeat && !"jk".includes(event.key)) return;
  const deed = keys[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

const off = document.getElementById("keys-off");
if (off) {
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => {
    if (off.checked) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  });
}
