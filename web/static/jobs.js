// A job's page fills in as its items are done: it asks for the state as JSON, and where that has
// changed, takes what is shown from the page itself. Without scripting the page reloads.

const PAUSE = 1000; // milliseconds
let known = "";

async function look() {
  const shown = document.querySelector("[data-job]");
  if (!shown) return;
  try {
    const answer = await fetch(shown.dataset.job, { headers: { Accept: "application/json" } });
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
      location.reload(); // signed out meanwhile
      return;
    }
    const told = await answer.text();
    if (told !== known) await show(shown); // the first time too: it may have ended before we looked
    known = told;
  } catch {
    // the server may be back at the next look
  }
  setTimeout(look, PAUSE);
}

async function show(shown) {
  const answer = await fetch(shown.dataset.job, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("job");
  if (!fresh) return;
  const link = page.getElementById("jobs-link");
  if (link) document.getElementById("jobs-link")?.replaceWith(document.adoptNode(link));
  const at = shown.contains(document.activeElement) && document.activeElement.getAttribute("href");
  shown.replaceWith(document.adoptNode(fresh));
  const again = at && fresh.querySelector(`a[href="${CSS.escape(at)}"]`);
  if (again) again.focus({ preventScroll: true });
  document.getElementById("announce").textContent = fresh.querySelector("[data-announce]").textContent.trim();
}

look();
