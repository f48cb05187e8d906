// A citation that is being typed, looked up as one types: what it is read as, or that it is not.

const REST = 350; // ms without a key
let timer;
let going;

async function look(box) {
  const told = document.getElementById("cites");
  const text = box.value.trim();
  going?.abort();
  going = new AbortController();
  if (!text) return told.replaceChildren();
  const asked = box.dataset.decided ? { text, decided: box.dataset.decided } : { text };
  try {
    const answer = await fetch(box.dataset.cites, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
      signal: going.signal,
    });
    if (answer.ok) tell(told, (await answer.json()).citations);
  } catch {
    told.replaceChildren(); // the network failed, or a newer text is being looked up
  }
}

function tell(told, found) {
  const words = told.dataset;
  told.className = "note";
  if (found.length !== 1) {
    told.textContent = found.length ? words.many : words.none;
    return;
  }
  const [citation] = found;
  const absent = citation.standing.length && citation.standing.every((one) => one.standing === "absent");
  const status = absent ? "absent" : citation.status;
  told.classList.toggle("doubt-word", status !== "resolved");
  const label = document.createElement(citation.links.text ? "a" : "span");
  label.textContent = citation.label;
  label.lang = "zh-CN";
  if (citation.links.text) {
    Object.assign(label, { href: citation.links.text, target: "_blank", rel: "noopener" });
    label.dataset.glance = `${citation.links.text}/glance`;
  }
  told.replaceChildren("→ ", label, ` · ${words[status]}${citation.version ? ` · ${citation.version}` : ""}`);
}

function soon(event) {
  const box = event.target.closest?.("form")?.querySelector("[data-cites]");
  if (!box || event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(look, REST, box);
}

document.addEventListener("input", soon);
document.addEventListener("compositionend", soon);

function whatStands() {
  const box = document.querySelector("[data-cites]");
  if (box?.value) look(box);
}
document.addEventListener("swapped", whatStands);
whatStands();
