// What the desk gains with scripting: a field's evidence shown in place. Without it, the link asks
// the server for the same.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-evidence]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const number = link.dataset.evidence;
  const places = [...document.querySelectorAll("mark[data-of]")];
  const shown = places.filter((place) => place.dataset.of.split(" ").includes(number));
  if (!shown.length) return;
  event.preventDefault();
  for (const place of places) place.classList.toggle("shown", shown.includes(place));
  shown[0].scrollIntoView({ block: "center" });
  document.getElementById("announce").textContent = shown.map((place) => place.textContent).join("");
});
