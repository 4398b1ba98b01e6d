// Notes stand beside their lines, or just below the note before; the text keeps its own flow. Without this script
// each note widens the row of its line.
const GAP = 10;
const wide = matchMedia("(min-width: 60.01rem)");
const sheet = document.querySelector(".hints");

function place() {
  sheet.classList.toggle("set", wide.matches);
  sheet.style.minHeight = "";
  if (!wide.matches) return;
  const notes = [...sheet.querySelectorAll(".notes:not(:empty)")];
  const tops = notes.map((one) => one.parentElement.offsetTop);
  const heights = notes.map((one) => one.offsetHeight);
  let free = 0;
  notes.forEach((one, i) => {
    const top = Math.max(tops[i], free);
    one.style.top = `${top}px`;
    free = top + heights[i] + GAP;
  });
  sheet.style.minHeight = `${free}px`;
}

if (sheet) {
  place();
  addEventListener("resize", place);
  document.fonts?.ready.then(place);
  sheet.addEventListener("toggle", place, true);
  // A jump to a hint was made before the notes stood in their places.
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
}
