// Files dropped beside the field for them are taken too, and not opened in place of the page.

const field = document.querySelector("input.drop");

function take(event) {
  if (!field || event.target === field || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  if (event.type === "drop") field.files = event.dataTransfer.files;
}

for (const kind of ["dragover", "drop"]) document.addEventListener(kind, take);
