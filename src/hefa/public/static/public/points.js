// Two conveniences, neither needed: the list from where the reader stands, and the points on a map without tiles.
const here = document.getElementById("here");
const said = document.getElementById("said");
const box = document.getElementById("map");
const { L } = window;
const flip = ([lon, lat]) => [lat, lon];

if (here && "geolocation" in navigator && isSecureContext) {
  here.hidden = false;
  here.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = here.dataset.asking;
    navigator.geolocation.getCurrentPosition(send, () => { said.textContent = here.dataset.refused; }, { timeout: 15000, maximumAge: 60000 });
  });
}

function send({ coords }) {
  // Ten metres are near enough, and more is nobody's business.
  here.elements.lon.value = coords.longitude.toFixed(4);
  here.elements.lat.value = coords.latitude.toFixed(4);
  here.submit();
}

if (box) {
  const fold = box.closest("details");
  if (L) fold.addEventListener("toggle", draw, { once: true });
  else fold.hidden = true;
}

async function draw() {
  const map = L.map(box, { preferCanvas: true, attributionControl: false, zoomSnap: 0.25 });
  const spots = [...document.querySelectorAll(".places li")].map((row, n) => ({ row, n })).filter(({ row }) => row.dataset.lon);
  const at = ({ dataset }) => [Number(dataset.lat), Number(dataset.lon)];
  const bounds = spots.map(({ row }) => at(row));
  if (box.dataset.lon) bounds.push(at(box));
  if (bounds.length) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 17 });
  for (const { row, n } of spots) pin(map, at(row), n + 1, row);
  if (box.dataset.lon) {
    const icon = L.divIcon({ className: "pin me", iconSize: [26, 26], html: "●" });
    L.marker(at(box), { icon, interactive: false, keyboard: false, zIndexOffset: 500 }).addTo(map);
  }
  const answer = await fetch(box.dataset.roads).catch(() => null);
  const lines = answer && answer.ok ? await answer.json() : [];
  if (lines.length) L.polyline(lines.map((line) => line.map(flip)), { color: "#9aa3ab", weight: 1, interactive: false }).addTo(map);
  box.dataset.ready = "1";
}

function pin(map, place, number, row) {
  const name = row.querySelector("h2").textContent;
  const icon = L.divIcon({ className: "pin", iconSize: [26, 26], html: String(number) });
  const mark = L.marker(place, { icon, title: name, alt: name }).addTo(map).bindTooltip(name);
  mark.getElement().setAttribute("aria-label", name);
  mark.on("click", () => {
    document.querySelector(".places .shown")?.classList.remove("shown");
    row.classList.add("shown");
    row.scrollIntoView({ block: "nearest" });
  });
}
