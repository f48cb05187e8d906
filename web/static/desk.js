// What the desk gains with scripting: a field's evidence shown in place, edits without leaving the
// page, and in modules of their own: keeping what is typed, keys, words selected, citations, files.
// Without it, every link and form asks the server for the same.

import { settled } from "./desk-keep.js";
import "./desk-keys.js";
import "./desk-select.js";
import "./desk-cite.js";
import "./desk-drop.js";

const say = (words) => {
  document.getElementById("announce").textContent = words;
};

// ---- the words that a value was read from ----

function evidence(number) {
  const places = [...document.querySelectorAll("mark[data-of]")];
  const shown = places.filter((place) => place.dataset.of.split(" ").includes(number));
  for (const place of places) place.classList.toggle("shown", shown.includes(place));
  return shown;
}

// Scrolls the text so that the place is seen: within its pane, whose visible part may be short; the
// window only where that is not enough.
function reveal(place) {
  const pane = place.closest(".left");
  const box = pane.getBoundingClientRect();
  const foot = document.querySelector(".desk-foot")?.getBoundingClientRect().top ?? innerHeight;
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, foot)];
  pane.scrollTop += place.getBoundingClientRect().top - (top + (bottom - top) / 3);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-evidence]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const shown = evidence(link.dataset.evidence);
  if (!shown.length) return;
  event.preventDefault();
  reveal(shown[0]);
  say(shown.map((place) => place.textContent).join(""));
});

document.addEventListener("focusin", (event) => {
  const value = event.target.closest("[data-value]");
  const number = value?.querySelector("[data-evidence]")?.dataset.evidence;
  if (!number) return;
  const [first] = evidence(number);
  if (!first) return;
  requestAnimationFrame(() => {
    reveal(first);
    event.target.scrollIntoView({ block: "nearest" });
  });
});

// ---- edits that only put another state of the same page in its place ----

let busy = false;
let step = null; // of the flow, taken while an edit is on its way: it is about the revision to come

document.addEventListener("submit", (event) => {
  const form = event.target;
  const isStep = busy && form.matches("#draft .steps form");
  if (!("quick" in form.dataset || isStep) || event.defaultPrevented) return;
  event.preventDefault();
  if (isStep) step = form;
  else if (!busy) send(form, event.submitter);
});

async function send(form, button) {
  busy = true;
  document.getElementById("refused").hidden = true;
  document.getElementById("draft").setAttribute("aria-busy", "true");
  try {
    await settled(form);
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 400) refuse(form, page);
    else if (page.getElementById("draft") && answer.ok) {
      replace(page, new URL(answer.url));
      if (step) go(step);
    }
    else lead(page, answer);
  } catch {
    refuse(form, null);
  } finally {
    busy = false;
    document.getElementById("draft")?.removeAttribute("aria-busy");
    step = null;
  }
}

// The step that waited, if it can still be taken.
function go(waited) {
  const forms = [...document.querySelectorAll("#draft .steps form")];
  const path = (one) => new URL(one.action).pathname;
  const form = forms.find((one) => path(one) === path(waited));
  if (!form) return;
  for (const { name, value, type } of waited.elements) {
    if (type === "text") form.elements[name].value = value;
  }
  form.submit();
}

function refuse(form, page) {
  const told = document.getElementById("refused");
  const said = page?.querySelector(".refused-note, .refusal")?.textContent.trim();
  told.textContent = said || told.dataset.failed;
  told.hidden = false;
  form.dispatchEvent(new Event("refused", { bubbles: true }));
}

function replace(page, address) {
  const pane = document.querySelector(".left");
  const [y, at] = [scrollY, pane.scrollTop];
  const open = [...document.querySelectorAll("#draft details[open][id]")].map((one) => one.id);
  const fresh = document.adoptNode(page.getElementById("draft"));
  document.getElementById("draft").replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.title = page.title;
  document.querySelector(".left").scrollTop = at;
  scrollTo({ top: y, behavior: "instant" });
  focusOn(address);
  say(document.querySelector(".left-to-do")?.textContent ?? "");
  document.dispatchEvent(new Event("swapped"));
}

// To what the server says is to be looked at next.
function focusOn(address) {
  const wanted = document.getElementById(address.searchParams.get("focus") ?? "");
  if (!wanted) return;
  if (wanted.tabIndex < 0) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: true });
  wanted.scrollIntoView({ block: "nearest" });
}

// To sign in again, to two versions that differ, or to what went wrong: that page as it is.
function lead(page, answer) {
  if (answer.redirected) return location.assign(answer.url);
  document.getElementById("main").replaceWith(document.adoptNode(page.getElementById("main")));
  document.title = page.title;
  document.getElementById("main").focus();
}

focusOn(new URL(location));

// The whole page of the list at once.
const all = document.querySelector("[data-pick-all]");
if (all) {
  const picks = [...document.querySelectorAll(".pick input[name=id]")];
  all.hidden = false;
  all.addEventListener("change", () => picks.forEach((one) => (one.checked = all.checked)));
}
