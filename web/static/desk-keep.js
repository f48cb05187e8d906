// Keeps what is typed at the desk and not saved, a moment after the last key and when the page is
// left; told in a quiet line. Nothing is kept in the browser.

const REST = 1500; // ms without a key before what was typed is kept
const AGAIN = 6000; // ms before another try where the network failed
const MOST = 60_000; // bytes that a page may still send while it is left

const line = () => document.getElementById("kept");
const dirty = new Set(); // names of the forms with something not yet kept
let composing = false;
let timer;
let going = Promise.resolve();

const form = (name) => document.querySelector(`form[data-keep="${name}"]`);

function typed(name) {
  const pairs = [...new FormData(form(name))].filter(([key]) => key !== "csrf_token");
  return Object.fromEntries(pairs);
}

function message() {
  const names = [...dirty].filter(form);
  const forms = Object.fromEntries(names.map((name) => [name, typed(name)]));
  const revision = Number(document.querySelector("form[data-keep] [name=revision]")?.value);
  return JSON.stringify({ revision: revision || 0, forms });
}

async function post(body, keepalive) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": line().dataset.token };
  const answer = await fetch(line().dataset.to, { method: "POST", body, headers, keepalive });
  if (answer.redirected) throw new Error("signed out");
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function keep() {
  clearTimeout(timer);
  if (!dirty.size || !line()) return;
  const body = message();
  const sent = [...dirty];
  dirty.clear();
  try {
    const { at } = await post(body, false);
    line().textContent = at && line().dataset.kept.replace("{at}", at);
  } catch (error) {
    for (const name of sent) dirty.add(name);
    const out = error.message === "signed out";
    line().textContent = out ? line().dataset.signedOut : line().dataset.failed;
    timer = setTimeout(next, AGAIN);
  }
}

// One after another: what is sent later is newer.
function next() {
  going = going.then(keep);
  return going;
}

// Everything but the form that is about to be saved is kept; nothing of that one is under way.
export async function settled(saved) {
  clearTimeout(timer);
  if (saved?.dataset.keep) dirty.delete(saved.dataset.keep);
  await next();
  if (line()) line().textContent = "";
}

function note(event) {
  const name = event.target.closest?.("form[data-keep]")?.dataset.keep;
  if (!name) return;
  dirty.add(name);
  clearTimeout(timer);
  if (!composing) timer = setTimeout(next, REST);
}

for (const kind of ["input", "change"]) document.addEventListener(kind, note);
document.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(timer);
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  note(event);
});
document.addEventListener("focusout", (event) => {
  if (dirty.has(event.target.closest?.("form[data-keep]")?.dataset.keep) && !composing) next();
});

document.addEventListener("submit", (event) => {
  if ("quick" in event.target.dataset) return; // `settled` is asked
  clearTimeout(timer);
  dirty.delete(event.target.dataset.keep);
});

function leave() {
  if (!dirty.size || !line()) return;
  const body = message();
  dirty.clear();
  post(body, new Blob([body]).size < MOST).catch(() => {});
}

addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !composing) leave();
});
addEventListener("beforeunload", (event) => {
  // Too much to be sent while leaving: the browser asks, and meanwhile it is kept.
  if (dirty.size && new Blob([message()]).size >= MOST) {
    event.preventDefault();
    next();
  }
});
