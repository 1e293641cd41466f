// What the reader does with a chart of time: a click on a mark, a drag over days, a double click on its ground.
// Streamlit takes either clicks or drags, and no double clicks; Plotly tells of all three.
const kept = (window.readoutGestures ||= { charts: new Map(), known: new WeakSet(), ready: false });

function tell(plot, gesture) {
  for (const [chart, send] of kept.charts) if (plot.closest(`.st-key-${chart}`)) send("gesture", gesture);
}

function ends(days) {
  const told = days.filter(Boolean).sort();
  return told.length ? [told[0], told[told.length - 1]] : [];
}

function attend(plot) {
  if (kept.known.has(plot) || !plot.on) return;
  kept.known.add(plot);
  plot.on("plotly_click", (event) => {
    const mark = event.points.map((point) => point.customdata).find(Boolean);
    if (mark) tell(plot, { what: "mark", mark });
  });
  plot.on("plotly_selected", (event) => {
    const axis = Object.keys((event && event.range) || {}).find((name) => name.startsWith("x"));
    if (!axis) return;
    const marks = event.points.map((point) => point.customdata).filter(Boolean);
    const bars = marks.filter((mark) => mark.length === 3);
    tell(plot, {
      what: "range", edges: event.range[axis].map(String), days: ends(marks.map((mark) => mark[4])),
      bars: ends(bars.flatMap((mark) => [mark[0], mark[2]])),
    });
  });
  // Where a drag selects, Plotly tells of a double click as the end of the selection.
  for (const name of ["plotly_doubleclick", "plotly_deselect"]) plot.on(name, () => tell(plot, { what: "reset" }));
}

if (!kept.ready) {
  kept.ready = true;
  document.addEventListener("pointerover", (event) => {
    const plot = event.target.closest && event.target.closest(".js-plotly-plot");
    if (plot) attend(plot);
  }, true);
}

export default function ({ data, setTriggerValue }) {
  kept.charts.set(data.chart, setTriggerValue);
  return () => { if (kept.charts.get(data.chart) === setTriggerValue) kept.charts.delete(data.chart); };
}
