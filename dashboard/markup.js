const TAGS = new Set(["a", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "footer",
  "h1", "h2", "h3", "li", "mark", "nav", "ol", "p", "section", "span", "summary", "table", "tbody", "td", "th", "thead",
  "tr", "ul"]);
// A name, and no address: nothing is fetched.
const SVG = "http://www.w3.org/2000/svg";

// A new page begins at its top; the back button returns to where the reader was. Places are noted at each press.
const places = new Map();
let at = null;
let back = false;
const main = () => document.querySelector('[data-testid="stMain"]');
const note = () => main() && places.set(location.search, main().scrollTop);
window.addEventListener("pointerdown", note, true);
window.addEventListener("keydown", note, true);
window.addEventListener("popstate", () => { back = true; });

function arrive(page) {
  if (page === at) return;
  const first = at === null;
  const wanted = back ? places.get(location.search) || 0 : 0;
  at = page;
  back = false;
  if (first) return;
  let tries = 0;
  const move = () => {
    const area = main();
    if (!area) return;
    area.scrollTo(0, wanted);
    if (area.scrollTop < wanted && tries++ < 20) setTimeout(move, 100);
  };
  move();
}

// A chart is drawn for the screen: on paper it becomes as narrow as A4 needs it, and keeps its right end.
const PAPER = 690;
window.addEventListener("beforeprint", () => {
  for (const chart of document.querySelectorAll(".stPlotlyChart")) {
    if (chart.clientWidth > PAPER) chart.style.zoom = PAPER / chart.clientWidth;
  }
});
window.addEventListener("afterprint", () => {
  for (const chart of document.querySelectorAll(".stPlotlyChart")) chart.style.zoom = "";
});

// Signing in and out leads through other sites and back to the first page: what was open before is opened again.
const LEFT = "readout-left";
window.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest('[class*="st-key-sign_in_"], .st-key-sign_out');
  if (button) sessionStorage.setItem(LEFT, JSON.stringify({ search: location.search, until: Date.now() + 600000 }));
}, true);
const left = JSON.parse(sessionStorage.getItem(LEFT) || "null");
if (left && !location.search) {
  sessionStorage.removeItem(LEFT);
  // Loaded anew, since charts of the first page are being drawn by now.
  if (left.search && left.until > Date.now()) location.replace(left.search);
}

// The slash leads to the search from anywhere but a field, as soon as the search is drawn.
function toSearch(tries) {
  const search = document.querySelector(".st-key-find input");
  if (search) search.focus();
  else if (tries) setTimeout(toSearch, 50, tries - 1);
}
window.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.composedPath()[0];
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field.isContentEditable) return;
  event.preventDefault();
  toSearch(60);
});

function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// A small line of numbers; its words are its label.
function line(node) {
  const values = node.values;
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? 96 / (values.length - 1) : 0;
  const at = values.map((value, number) => [2 + number * step, 20 - (18 * value) / most]);
  const picture = drawn("svg", { viewBox: "0 0 100 22", width: 100, height: 22, role: "img", class: "line" });
  picture.setAttribute("aria-label", node.label);
  picture.appendChild(drawn("polyline", { points: at.map((point) => point.join(",")).join(" "), fill: "none" }));
  if (at.length) picture.appendChild(drawn("circle", { cx: at[at.length - 1][0], cy: at[at.length - 1][1], r: 2 }));
  return picture;
}

// A mark in a text and its entry in the list beside it lead to each other. Each stands in a component of its own; both
// are drawn anew when another event is chosen, so that what was wanted is sought once more for a short while.
const desks = new Map();
let wanted = null;

function lead(target) {
  const root = desks.get(target.desk);
  const found = root && root.querySelector(`[data-entry~="${CSS.escape(target.entry)}"]`);
  if (!found) return false;
  for (const desk of desks.values()) for (const old of desk.querySelectorAll(".found")) old.classList.remove("found");
  for (const one of root.querySelectorAll(`[data-entry~="${CSS.escape(target.entry)}"]`)) one.classList.add("found");
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
  return true;
}

function picks(element, target, opens) {
  const act = () => {
    wanted = opens ? { target, until: Date.now() + 5000 } : null;
    lead(target);
  };
  element.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    act();
  });
  if (opens) return;
  element.tabIndex = 0;
  element.setAttribute("role", "link");
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    act();
  });
}

// The reader keeps its place when it is drawn anew; it moves only where the passage in view would be out of sight.
function settle(root, place) {
  const anchor = root.querySelector("[data-anchor]");
  const reader = root.querySelector(".reader");
  if (!reader) return;
  if (place !== null) reader.scrollTop = place;
  requestAnimationFrame(() => {
    if (wanted && wanted.until > Date.now() && desks.get(wanted.target.desk) === root) {
      const target = wanted.target;
      wanted = null;
      if (lead(target)) return;
    }
    if (!anchor) return;
    const offset = anchor.getBoundingClientRect().top - reader.getBoundingClientRect().top;
    const inside = offset >= 0 && offset + anchor.getBoundingClientRect().height <= reader.clientHeight;
    if (place === null || !inside) reader.scrollTop += offset - reader.clientHeight / 3;
  });
}

// The range that is selected within a tree; browsers differ in how they tell of one inside a shadow tree.
function selectedIn(scope) {
  const whole = document.getSelection();
  if (scope.getSelection) {
    const own = scope.getSelection();
    return own.rangeCount ? own.getRangeAt(0) : null;
  }
  if (whole.getComposedRanges) {
    const [found] = whole.getComposedRanges({ shadowRoots: [scope] });
    if (!found) return null;
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
  }
  return whole.rangeCount ? whole.getRangeAt(0) : null;
}

// How many characters of the document stand before a point of the reader. What is no text of it (the lines above its
// articles) does not count; a character is one code point, as in the record.
function offsetOf(reader, container, offset) {
  const before = document.createRange();
  before.setStart(reader, 0);
  before.setEnd(container, offset);
  const copy = before.cloneContents();
  for (const line of copy.querySelectorAll(".boundary")) line.remove();
  return [...copy.textContent].length;
}

// What is selected in the reader can be made an event of: a button beside it says so.
function selects(reader, target, open) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy select";
  button.textContent = target.words;
  button.hidden = true;
  const look = () => {
    const range = selectedIn(reader.getRootNode());
    const inside = range && !range.collapsed && reader.contains(range.commonAncestorContainer);
    button.hidden = !inside;
    if (!inside) return;
    const [start, end] = [[range.startContainer, range.startOffset], [range.endContainer, range.endOffset]]
      .map(([container, offset]) => target.from + offsetOf(reader, container, offset));
    button.onclick = () => open({ view: target.view, params: { ...target.params, start: `${start}`, end: `${end}` } });
    const box = range.getBoundingClientRect();
    const frame = reader.getBoundingClientRect();
    button.style.top = `${Math.min(Math.max(box.bottom - frame.top + 6, 0), reader.clientHeight - 40)}px`;
  };
  reader.addEventListener("mouseup", () => setTimeout(look));
  reader.addEventListener("touchend", () => setTimeout(look, 300));
  reader.addEventListener("keyup", look);
  return button;
}

// Each value of each parameter; some have several.
function pairs(params) {
  return Object.entries(params).flatMap(([key, value]) => [value].flat().map((one) => [key, one]));
}

function whole(href) {
  return new URL(href, location.href).href;
}

function copier(node) {
  const button = document.createElement("button");
  const words = node.children[0];
  button.type = "button";
  button.className = "copy";
  button.textContent = words;
  button.setAttribute("aria-live", "polite");
  button.onclick = async () => {
    const address = node.href ? (node.text || "") + whole(node.href) : location.href;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      const field = document.createElement("textarea");
      field.value = address;
      document.body.appendChild(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = node.text ? "Copied" : "Link copied";
    setTimeout(() => { button.textContent = words; }, 2000);
  };
  return button;
}

function render({ data, parentElement, setTriggerValue }) {
  const scope = parentElement.getRootNode();
  if (!scope.adoptedStyleSheets.includes(window.readoutStyles)) scope.adoptedStyleSheets.push(window.readoutStyles);
  const colours = getComputedStyle(parentElement.host || parentElement)
    .getPropertyValue("--st-chart-categorical-colors").split(",");
  // In a table a long word makes its column as wide as itself: on a phone it may be broken, one of absurd length always.
  const text = (words, cell) => {
    if (!cell || !/\S{14}/.test(words)) return document.createTextNode(words);
    const long = document.createElement("span");
    long.className = /\S{24}/.test(words) ? "long" : "wordy";
    long.textContent = words;
    return long;
  };
  const build = (node, cell = false) => {
    if (typeof node === "string") return text(node, cell);
    if (node.tag === "line") return line(node);
    if (node.tag === "copy") return copier(node);
    const element = document.createElement(TAGS.has(node.tag) ? node.tag : "span");
    if (node.tag === "address") element.textContent = whole(node.href);
    if (node.style) element.className = node.style;
    if (node.tag === "blockquote" || node.tag === "h1" || node.style === "reader") element.dir = "auto";
    if (node.label) element.setAttribute("aria-label", node.label);
    if (Number.isInteger(node.colour)) element.style.color = (colours[node.colour] || "").trim();
    if (node.tip) element.title = node.label;
    if (node.title) element.title = node.title;
    if (node.opened) element.open = true;
    if (node.entry) element.dataset.entry = node.entry;
    if (node.current) element.setAttribute("aria-current", "page");
    if (node.scope) element.setAttribute("scope", node.scope);
    if (node.sort) element.setAttribute("aria-sort", node.sort);
    if (node.lang) element.lang = node.lang;
    if (node.focus) {
      element.tabIndex = 0;
      element.setAttribute("role", "region");
    }
    if (typeof node.bar === "number") {
      element.style.setProperty("--share", `${100 * node.bar}%`);
      if (Number.isInteger(node.fill)) element.style.setProperty("--fill", (colours[node.fill] || "").trim());
    }
    if (node.anchor) element.dataset.anchor = "true";
    const open = node.to ? { view: data.base.view, params: { ...data.base.params, ...node.to } } : node.open;
    if (open) {
      element.href = `?${new URLSearchParams([["view", open.view], ...pairs(open.params)])}`;
      element.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        setTriggerValue("open", open);
      };
    }
    if (node.pick) picks(element, node.pick, Boolean(open));
    const inside = cell || node.tag === "td" || node.tag === "th";
    for (const child of node.children || []) element.appendChild(build(child, inside));
    if (node.stack) {
      const strip = document.createElement("span");
      strip.className = "strip";
      strip.setAttribute("role", "img");
      strip.setAttribute("aria-label", node.told);
      strip.title = node.told;
      for (const [share, colour] of node.stack) {
        const part = document.createElement("span");
        part.style.width = `${100 * share}%`;
        part.style.background = (colours[colour] || "").trim();
        strip.appendChild(part);
      }
      element.appendChild(strip);
    }
    return element;
  };

  const told = JSON.stringify([data, colours]);
  let root = parentElement.querySelector(".readout");
  if (root && root.told === told) return;
  const old = root && root.querySelector(".reader");
  const place = old && data.keep && root.keep === data.keep ? old.scrollTop : null;
  if (root) root.remove();
  root = document.createElement("div");
  root.className = "readout";
  root.told = told;
  root.keep = data.keep;
  root.appendChild(build(data));
  if (data.select) {
    root.appendChild(selects(root.querySelector(".reader"), data.select, (open) => setTriggerValue("open", open)));
  }
  parentElement.appendChild(root);

  if (data.top) {
    arrive(data.top);
    const tab = root.querySelector("[aria-current]");
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - 40;
  }
  if (data.desk) desks.set(data.desk, root);
  settle(root, place);
}

// This code and the styles reach the page once; every other tree asks for them here.
export default function (mounted) {
  const { styles, tree } = mounted.data;
  if (!window.readoutStyles) {
    window.readoutStyles = new CSSStyleSheet();
    window.readoutPage = new CSSStyleSheet();
    document.adoptedStyleSheets.push(window.readoutPage);
  }
  window.readoutStyles.replaceSync(styles.markup);
  window.readoutPage.replaceSync(styles.page);
  window.readout = render;
  window.dispatchEvent(new Event("readout"));
  render({ ...mounted, data: tree });
}
