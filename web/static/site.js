// What the pages gain with scripting: filters that change in place, one-press copying, a key for
// the search box. Without it every link and form still works.

const say = (words) => {
  document.getElementById("announce").textContent = words;
};

// ---- filters, chips, order and paging change the results in place ----

let going; // the request under way; a newer one ends it

async function swap(address, { push, toTop = false }) {
  going?.abort();
  going = new AbortController();
  const main = document.getElementById("main");
  const key = document.activeElement?.closest("[data-key]")?.dataset.key;
  main.setAttribute("aria-busy", "true");
  let fresh;
  try {
    const answer = await fetch(address, { signal: going.signal });
    const type = answer.headers.get("Content-Type") ?? "";
    if (!type.startsWith("text/html")) throw new Error(type);
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  if (push) {
    history.replaceState({ y: scrollY }, "");
    history.pushState({ y: toTop ? 0 : scrollY }, "", address);
  }
  replace(fresh);
  if (toTop) scrollTo({ top: 0, behavior: "instant" });
  else if (!push) scrollTo({ top: history.state?.y ?? 0, behavior: "instant" });
  const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (again && !toTop ? again : document.getElementById("found"))?.focus({ preventScroll: true });
  say(document.querySelector("[data-announce]")?.textContent.trim() ?? "");
}

function replace(fresh) {
  const drawer = document.getElementById("filters");
  const open = drawer?.matches(":popover-open");
  const at = drawer?.scrollTop;
  const folds = new Map(
    [...document.querySelectorAll("details[data-key]")].map((fold) => [fold.dataset.key, fold.open]),
  );
  const typed = document.getElementById("q")?.value;
  const asked = document.getElementById("q")?.defaultValue;
  for (const id of ["finder", "main"]) {
    document.getElementById(id)?.replaceWith(document.adoptNode(fresh.getElementById(id)));
  }
  const box = document.getElementById("q");
  if (box && typed !== asked) box.value = typed; // words typed but not yet searched are kept
  document.title = fresh.title;
  document.body.className = fresh.body.className;
  for (const fold of document.querySelectorAll("details[data-key]")) {
    if (folds.has(fold.dataset.key)) fold.open = folds.get(fold.dataset.key);
  }
  const next = document.getElementById("filters");
  if (open && next) {
    next.showPopover();
    next.scrollTop = at;
  }
  document.dispatchEvent(new Event("swapped"));
}

let shown = location.pathname + location.search;

function plainPress(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || !plainPress(event) || event.defaultPrevented) return;
  event.preventDefault();
  shown = link.pathname + link.search;
  swap(link.href, { push: true, toTop: link.dataset.swap === "top" });
});

addEventListener("popstate", () => {
  const now = location.pathname + location.search;
  if (now === shown) return; // only the fragment changed
  shown = now;
  swap(location.href, { push: false });
});

// ---- "/" goes to the search box, but never while something is being typed or composed ----

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("q")?.select();
});

// ---- copying, printing, showing where a fact was read ----

async function copy(source) {
  const words = source.textContent.trim();
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Plain http on an office network has no clipboard: select the words and try the old way.
    getSelection().selectAllChildren(source);
    return document.execCommand?.("copy") ?? false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const done = await copy(document.getElementById(button.dataset.copy));
    const words = done ? document.body.dataset.copied : document.body.dataset.selected;
    button.textContent = words;
    say(words);
    setTimeout(() => {
      button.textContent = label;
    }, 2500);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const link of document.querySelectorAll("[data-show]")) {
  link.addEventListener("click", () => {
    const number = link.dataset.show;
    for (const piece of document.querySelectorAll(".ground")) {
      piece.classList.toggle("shown", piece.dataset.ground.split(" ").includes(number));
    }
  });
}
