const TAGS = new Set(["a", "article", "blockquote", "dd", "div", "dl", "dt", "footer", "h1", "li", "mark", "ol", "p",
  "section", "span"]);


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

export default function ({ data, parentElement, setTriggerValue }) {
  const colours = getComputedStyle(parentElement.host || parentElement)
    .getPropertyValue("--st-chart-categorical-colors").split(",");
  const build = (node) => {
    if (typeof node === "string") return document.createTextNode(node);
    const element = document.createElement(TAGS.has(node.tag) ? node.tag : "span");
    if (node.style) element.className = node.style;
    if (node.tag === "blockquote" || node.tag === "h1" || node.style === "reader") element.dir = "auto";
    if (node.label) element.setAttribute("aria-label", node.label);
    if (Number.isInteger(node.colour)) element.style.color = (colours[node.colour] || "").trim();
    if (node.anchor) element.dataset.anchor = "true";
    if (node.open && node.href.startsWith("?")) {
      element.href = node.href;
      element.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        setTriggerValue("open", node.open);
      };
    }
    for (const child of node.children || []) element.appendChild(build(child));
    return element;
  };

  const told = JSON.stringify([data, colours]);
  let root = parentElement.querySelector(".readout");
  if (root && root.told === told) return;
  if (root) root.remove();
  root = document.createElement("div");
  root.className = "readout";
  root.told = told;
  root.appendChild(build(data));
  parentElement.appendChild(root);

  if (data.top) arrive(data.top);
  const anchor = root.querySelector("[data-anchor]");
  const reader = anchor && anchor.closest(".reader");
  if (reader) {
    requestAnimationFrame(() => {
      const offset = anchor.getBoundingClientRect().top - reader.getBoundingClientRect().top;
      reader.scrollTop += offset - reader.clientHeight / 3;
    });
  }
}
