// A provision's text beside a citation, on hover or keyboard focus. Without scripting, and by touch,
// the citation is a link. Each text is fetched once, from this site alone.

const HOVER = 250; // ms of rest before a text is shown
const LEAVE = 200; // ms to move from the citation into the text
const EDGE = 12; // px kept free at the edges of the window

const texts = new Map(); // address -> promise of a fragment, null where there is none
let link = null; // the citation whose text is shown or awaited
let timer;

const box = document.createElement("div");
box.id = "glance";
box.className = "glance";
box.setAttribute("role", "tooltip");
box.popover = "manual";

function fetched(address) {
  if (!texts.has(address)) {
    const text = read(address).catch(() => {
      texts.delete(address); // the network failed: another try is right
      return null;
    });
    texts.set(address, text);
  }
  return texts.get(address);
}

async function read(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.status >= 500) throw new Error(answer.statusText);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...[...page.body.children].map((part) => document.adoptNode(part)));
  return fragment;
}

async function show(asked, aloud) {
  const text = await fetched(asked.dataset.glance);
  if (link !== asked || !text) return;
  box.replaceChildren(text.cloneNode(true));
  if (!box.isConnected) document.body.append(box);
  if (!box.matches(":popover-open")) box.showPopover();
  place();
  asked.setAttribute("aria-describedby", box.id);
  if (aloud) document.getElementById("announce").textContent = box.textContent.trim();
}

function hide() {
  clearTimeout(timer);
  link?.removeAttribute("aria-describedby");
  link = null;
  if (box.isConnected && box.matches(":popover-open")) box.hidePopover();
}

function want(asked, wait, aloud = false) {
  clearTimeout(timer);
  if (link === asked) return;
  hide();
  link = asked;
  timer = setTimeout(() => show(asked, aloud), wait);
}

// Below the citation where there is room, else above it; never past the window's sides.
function place() {
  const lines = link.getClientRects();
  const line = lines[lines.length - 1];
  if (!line || line.bottom < 0 || line.top > innerHeight) return hide();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(line.left, innerWidth - width - EDGE);
  const below = line.bottom + 6;
  const above = lines[0].top - height - 6;
  box.style.left = `${Math.max(EDGE, left)}px`;
  box.style.top = `${below + height < innerHeight - EDGE || above < EDGE ? below : above}px`;
}

const citation = (event) => event.target.closest?.("a[data-glance]");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const over = citation(event);
  if (over) want(over, HOVER);
  else if (box.contains(event.target)) clearTimeout(timer);
});

document.addEventListener("pointerout", (event) => {
  if (event.pointerType === "touch" || !link) return;
  const to = event.relatedTarget;
  if (to instanceof Node && (link.contains(to) || box.contains(to))) return;
  if (link.contains(event.target) || box.contains(event.target)) {
    clearTimeout(timer);
    timer = setTimeout(hide, LEAVE);
  }
});

document.addEventListener("focusin", (event) => {
  const on = citation(event);
  if (on?.matches(":focus-visible")) want(on, 0, true);
  else if (link && !box.contains(event.target)) hide();
});

document.addEventListener("focusout", (event) => {
  if (link?.contains(event.target)) hide();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && link) hide();
});

document.addEventListener("click", () => link && hide());
addEventListener("pagehide", hide);
for (const moved of ["scroll", "resize"]) {
  addEventListener(moved, (event) => link && box.isConnected && !box.contains(event.target) && place(), {
    passive: true,
    capture: true,
  });
}
