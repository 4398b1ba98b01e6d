// The map of the circle: roads, points, what they reach. Dragging a point asks the server what would change.
const box = document.getElementById("circle-map");
const said = document.getElementById("circle-said");
const back = document.getElementById("circle-back");
const { L } = window;
const NUDGE = 0.0005; // degrees that an arrow key moves a point: some fifty metres
const WAIT = 60; // milliseconds between two questions while a point is dragged
const flip = ([lon, lat]) => [lat, lon];

if (box && L) start();

async function start() {
  const answer = await fetch(box.dataset.from, { headers: { Accept: "application/json" } }).catch(() => null);
  const drawn = answer && (await answer.json().catch(() => null));
  if (!drawn || drawn.fault) {
    said.textContent = (drawn && drawn.fault) || box.dataset.failed;
    box.hidden = true;
    return;
  }
  const map = L.map(box, { preferCanvas: true, attributionControl: false, zoomSnap: 0.25 });
  const lines = drawn.roads.map((line) => line.map(flip));
  const roads = L.polyline(lines, { color: "#9aa3ab", weight: 1, interactive: false, smoothFactor: 0.5 }).addTo(map);
  const scene = { map, out: L.layerGroup().addTo(map), areas: new Map(), marks: new Map(), homes: new Map(), moves: {} };
  map.fitBounds(roads.getBounds(), { padding: [8, 8] });
  for (const point of drawn.points) addPoint(scene, point);
  drawOut(scene, drawn.out);
  for (const one of drawn.added) {
    L.circleMarker(flip([one.lon, one.lat]), { radius: 10, color: "#1f7a3d", weight: 3, fill: false })
      .bindTooltip(`${one.node} +${one.gain}`).addTo(map);
  }
  back.addEventListener("click", () => putBack(scene));
  addEventListener("beforeprint", () => {
    map.invalidateSize({ animate: false });
    map.fitBounds(roads.getBounds(), { animate: false });
  });
  box.dataset.ready = "1";
}

function addPoint(scene, point) {
  drawArea(scene, point);
  const icon = L.divIcon({ className: "circle-point", iconSize: [18, 18] });
  const mark = L.marker(flip([point.lon, point.lat]), { icon, draggable: true, keyboard: true, alt: point.name, title: point.name });
  mark.bindTooltip(point.name).addTo(scene.map);
  const element = mark.getElement();
  element.setAttribute("aria-label", point.name);
  element.dataset.key = point.key;
  scene.marks.set(point.key, mark);
  scene.homes.set(point.key, mark.getLatLng());
  mark.on("drag", () => move(scene, point.key, WAIT, true));
  mark.on("dragend", () => move(scene, point.key, 0));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [NUDGE, 0], ArrowDown: [-NUDGE, 0], ArrowLeft: [0, -NUDGE], ArrowRight: [0, NUDGE] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const { lat, lng } = mark.getLatLng();
    mark.setLatLng([lat + step[0], lng + step[1]]);
    move(scene, point.key, WAIT);
  });
}

function drawArea(scene, point) {
  scene.areas.get(point.key)?.remove();
  const rings = point.area.map((polygon) => polygon.map((ring) => ring.map(flip)));
  const area = L.polygon(rings, { color: "#2f6db5", weight: 1, opacity: 0.5, fillOpacity: 0.16, interactive: false }).addTo(scene.map);
  scene.areas.set(point.key, area);
}

function drawOut(scene, places) {
  scene.out.clearLayers();
  for (const place of places) {
    L.circleMarker(flip(place), { radius: 1.5, color: "#b3541e", weight: 1, fillOpacity: 1, interactive: false }).addTo(scene.out);
  }
}

function move(scene, key, wait, rough = false) {
  const { lat, lng } = scene.marks.get(key).getLatLng();
  scene.moves[key] = [lng, lat];
  scene.marks.get(key).getElement().classList.add("moved");
  back.hidden = false;
  clearTimeout(scene.timer);
  scene.timer = setTimeout(() => ask(scene, rough), wait);
}

async function ask(scene, rough = false) {
  scene.asking?.abort();
  scene.asking = new AbortController();
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify({ moves: scene.moves });
  try {
    const answer = await fetch(box.dataset.try + (rough ? "&rough=1" : ""), { method: "POST", headers, body, signal: scene.asking.signal });
    const told = await answer.json();
    said.textContent = told.fault || told.said;
    if (told.fault) return;
    for (const point of told.points) if (point.area) drawArea(scene, point);
    drawOut(scene, told.out);
  } catch (fault) {
    if (fault.name !== "AbortError") said.textContent = document.body.dataset.failed;
  }
}

function putBack(scene) {
  for (const key of Object.keys(scene.moves)) {
    scene.marks.get(key).setLatLng(scene.homes.get(key));
    scene.marks.get(key).getElement().classList.remove("moved");
    const at = scene.homes.get(key);
    scene.moves[key] = [at.lng, at.lat];
  }
  ask(scene).then(() => { scene.moves = {}; });
  back.hidden = true;
}
