// Completion in the search boxes: the combobox pattern of WAI-ARIA, with a list below the box.
// While an input method composes nothing is asked, shown or taken. Without scripting, and where
// the server does not answer, the box is a plain one.

const REST = 120; // ms without a key before the server is asked
const LONGEST = 200; // characters; whoever has typed more is writing

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function complete(box) {
  const { complete: address, before = "", kinds, count, some, none } = box.dataset;
  const names = JSON.parse(kinds);
  const list = element("div", "", {
    id: `${box.id}-list`,
    class: "suggestions",
    role: "listbox",
    "aria-label": box.dataset.label,
    lang: "zh-CN",
  });
  let options = []; // of the open list: each with its element and what it puts into the box
  let active = -1;
  let timer;
  let going; // the request under way; a newer one, or a key, ends it
  let composing = false;

  list.hidden = true;
  box.parentElement.classList.add("completing");
  box.parentElement.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const say = (words) => {
    document.getElementById("announce").textContent = words;
  };

  function rest() {
    clearTimeout(timer);
    going?.abort();
  }

  function close() {
    rest();
    options = [];
    point(-1);
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  }

  async function ask() {
    rest();
    const typed = box.value;
    const head = typed.slice(0, box.selectionEnd);
    const tail = typed.slice(head.length);
    // In the middle of a word there is nothing to complete.
    if (!head.trim() || head.length > LONGEST || /^\S/.test(tail)) return close();
    const mine = new AbortController();
    going = mine;
    let found;
    try {
      const query = new URLSearchParams({ q: before + head });
      const answer = await fetch(`${address}?${query}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      found = (await answer.json()).suggestions;
    } catch {
      if (!mine.signal.aborted) close(); // it is help only: failing, it stays away
      return;
    }
    if (mine.signal.aborted || box.value !== typed || document.activeElement !== box) return;
    show(found, tail);
  }

  function show(found, tail) {
    list.replaceChildren();
    options = [];
    point(-1);
    let group;
    for (const suggestion of found) {
      const { code } = suggestion.kind;
      if (group?.dataset.kind !== code) {
        const heading = element("div", names[code] ?? suggestion.kind.label, {
          id: `${list.id}-${code}`,
          class: "kind",
          role: "presentation",
        });
        group = element("div", "", { role: "group", "aria-labelledby": heading.id, "data-kind": code });
        group.append(heading);
        list.append(group);
      }
      const option = element("div", "", {
        id: `${list.id}-${options.length}`,
        role: "option",
        "aria-selected": "false",
      });
      option.append(element("span", suggestion.label, { class: "label" }));
      if (suggestion.note) option.append(" ", element("span", suggestion.note, { class: "note" }));
      const many = suggestion.count.toLocaleString("en");
      option.append(" ", element("span", count.replace("#", many), { class: "n" }));
      group.append(option);
      const text = before ? suggestion.text : suggestion.q + (tail || " ");
      options.push({ option, text, caret: text.length - (before ? 0 : tail.length) });
    }
    list.hidden = !options.length;
    list.scrollTop = 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    say(options.length ? some.replace("#", options.length) : none);
  }

  function point(at) {
    options[active]?.option.setAttribute("aria-selected", "false");
    active = at;
    const option = options[at]?.option;
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function take({ text, caret }) {
    box.value = text;
    box.focus();
    box.setSelectionRange(caret, caret);
    close();
  }

  const keys = {
    ArrowDown() {
      if (list.hidden) ask();
      else point(active + 1 < options.length ? active + 1 : 0);
      return true;
    },
    ArrowUp() {
      if (list.hidden) return false;
      point(active > 0 ? active - 1 : options.length - 1);
      return true;
    },
    Enter() {
      const chosen = options[active];
      if (chosen) take(chosen);
      else close();
      return Boolean(chosen);
    },
    Escape() {
      const open = !list.hidden;
      close();
      return open;
    },
  };
  for (const key of ["Tab", "ArrowLeft", "ArrowRight", "Home", "End"]) keys[key] = close;

  box.addEventListener("keydown", (event) => {
    // 229: a key that an input method keeps to itself; Safari says so after the composition's end.
    if (event.isComposing || composing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (keys[event.key]?.()) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  box.addEventListener("compositionstart", () => {
    composing = true;
    close();
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    timer = setTimeout(ask, REST);
  });
  box.addEventListener("input", (event) => {
    if (event.isComposing || composing) return;
    rest();
    timer = setTimeout(ask, REST);
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const at = options.findIndex(({ option }) => option.contains(event.target));
    if (at >= 0) take(options[at]);
  });
}

function everywhere() {
  for (const box of document.querySelectorAll("input[data-complete]:not([role])")) complete(box);
}

everywhere();
document.addEventListener("swapped", everywhere);
