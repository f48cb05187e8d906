// Words selected in a draft's text become a value of a field or a section: a small bar beside them
// says as what. What a field cannot read from them goes into that field's own form, to be put right.

const REST = 120; // ms after the selection last changed
const EDGE = 8; // px kept free at the edges of the window

let chosen = null; // { start, end, words }
let timer;

const bar = () => document.getElementById("assign");

// The place in the draft's text, in code points. Only what is in .words counts.
function place(node, offset) {
  const inside = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const words = inside.closest?.(".words");
  if (!words) return null;
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(node, offset);
  return Number(words.dataset.start) + [...before.toString()].length;
}

// The selection cut to the lines it touches: it may begin or end between them, on a button.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const pane = document.querySelector("#draft .left");
  if (!pane || !range.intersectsNode(pane)) return null;
  const lines = [...pane.querySelectorAll(".words")].filter((one) => range.intersectsNode(one));
  if (!lines.length) return null;
  const last = lines[lines.length - 1];
  const start = place(range.startContainer, range.startOffset) ?? Number(lines[0].dataset.start);
  const whole = Number(last.dataset.start) + [...last.textContent].length;
  const end = place(range.endContainer, range.endOffset) ?? whole;
  const words = range.toString().trim();
  return words && start < end ? { start, end, words: words.slice(0, 300), range } : null;
}

function show() {
  const found = selected();
  if (bar()?.contains(document.activeElement)) return; // it is being answered
  chosen = found;
  if (!chosen) return hide();
  for (const name of ["start", "end"]) bar().elements[name].value = chosen[name];
  const words = chosen.words;
  bar().querySelector("q").textContent = words.length > 40 ? `${words.slice(0, 40)}…` : words;
  if (!bar().matches(":popover-open")) bar().showPopover();
  bar().style.visibility = "";
  beside(chosen.range);
}

function hide() {
  if (bar()?.matches(":popover-open")) bar().hidePopover();
}

// Below the words where there is room, else above them; never past the window's sides.
function beside(range) {
  const lines = range.getClientRects();
  const line = lines[lines.length - 1] ?? range.getBoundingClientRect();
  const { width, height } = bar().getBoundingClientRect();
  const foot = document.querySelector(".desk-foot")?.getBoundingClientRect().top ?? innerHeight;
  const below = line.bottom + EDGE;
  const top = below + height < foot - EDGE ? below : Math.max(EDGE, lines[0].top - height - EDGE);
  const left = Math.min(line.left, innerWidth - width - EDGE);
  bar().style.left = `${Math.max(EDGE, left)}px`;
  bar().style.top = `${Math.min(top, foot - height - EDGE)}px`;
}

// The bar goes along with its words, out of sight with them.
function follow() {
  if (!chosen || !bar()?.matches(":popover-open")) return;
  const words = chosen.range.getBoundingClientRect();
  const pane = document.querySelector(".left").getBoundingClientRect();
  const seen = words.bottom > Math.max(pane.top, 0) && words.top < Math.min(pane.bottom, innerHeight);
  bar().style.visibility = seen ? "" : "hidden";
  if (seen) beside(chosen.range);
}

for (const moved of ["scroll", "resize"]) {
  addEventListener(moved, follow, { passive: true, capture: true });
}

// Puts the words into the form of a field, as its evidence.
function into(field, words) {
  const details = document.getElementById(`fill-${field}`);
  const own = details.querySelector("form");
  details.open = true;
  own.elements.start.value = chosen.start;
  own.elements.end.value = chosen.end;
  own.querySelector(".chosen").hidden = false;
  own.querySelector(".chosen q").textContent = words;
  if (own.elements.typed.tagName === "INPUT") own.elements.typed.value = words;
  const first = own.querySelector("[name=part]") ?? own.elements.typed;
  own.dispatchEvent(new Event("input", { bubbles: true }));
  hide();
  first.focus({ preventScroll: true });
  details.scrollIntoView({ block: "nearest" });
}

document.addEventListener("selectionchange", () => {
  if (!bar()) return;
  clearTimeout(timer);
  timer = setTimeout(show, REST);
});

document.addEventListener("mousedown", (event) => {
  // A press on the bar must not undo the selection it is about.
  if (event.target.closest?.("#assign button")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#assign button, [data-unchoose]");
  if (!button) return;
  const { field, asks } = button.dataset;
  if ("unchoose" in button.dataset) {
    button.form.elements.start.value = button.form.elements.end.value = "";
    button.closest(".chosen").hidden = true;
  } else if ("close" in button.dataset) {
    getSelection().removeAllRanges();
    hide();
  } else if (asks) {
    event.preventDefault();
    into(asks, chosen.words);
  } else {
    bar().elements.field.value = field ?? "";
  }
});

document.addEventListener("refused", (event) => {
  const field = event.target === bar() && bar().elements.field.value;
  if (field && chosen) into(field, chosen.words);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar()?.matches(":popover-open")) {
    hide();
    document.querySelector(".left")?.focus({ preventScroll: true });
  }
});

document.addEventListener("swapped", () => {
  chosen = null;
  getSelection().removeAllRanges();
});
