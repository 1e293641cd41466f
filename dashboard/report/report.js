// The page of a report: draws its charts in the colours of the page, and leads from marks to rows and quotes.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const rows = [...document.querySelectorAll("#table tbody tr")];
  const numbers = new Map(data.events.map((id, at) => [id, at + 1]));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let only = null;

  function narrow() {
    const words = by("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const told = words.length ? (row.textContent + by(row.id.replace("r", "e")).textContent).toLowerCase() : "";
      const fits = words.every((word) => told.includes(word)) && (!only || only.fits(row.dataset));
      row.hidden = !fits;
      shown += fits;
    }
    by("only").hidden = !only;
    by("only-said").textContent = only ? only.said : "";
    by("shown").textContent = shown < rows.length ? `${shown} of ${rows.length} rows` : "";
  }

  function choose(said, fits) {
    only = { said, fits };
    narrow();
    by("table").scrollIntoView();
  }

  function chosen(mark) {
    if (!mark) return;
    if (numbers.has(mark[0]) && mark.length > 3) location.hash = `e${numbers.get(mark[0])}`;
    else if (data.names[mark[0]]) choose(`Only events with ${data.names[mark[0]]}.`,
      (row) => row.codes.split(" ").includes(mark[0]));
    else {
      const days = mark.filter((part) => /^\d{4}-\d\d-\d\d$/.test(part));
      if (days.length === 2) choose(`Only events of ${days[0]} to ${days[1]}.`,
        (row) => row.first && row.first <= days[1] && row.last >= days[0]);
    }
  }

  function themed(figure, colours) {
    const painted = JSON.parse(JSON.stringify(figure).replace(/"(#0000\d\d)"/g, (all, name) => colours[name] ? `"${colours[name]}"` : all));
    const layout = painted.layout;
    Object.assign(layout, { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true, dragmode: false,
      clickmode: "event", font: { color: colours["#000037"], family: "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif", size: 12 } });
    layout.hoverlabel = Object.assign({ bgcolor: colours["#000038"], font: { color: colours["#000037"] } }, layout.hoverlabel);
    for (const name of Object.keys(layout).filter((key) => /^[xy]axis/.test(key)))
      Object.assign(layout[name], { gridcolor: colours.line, linecolor: colours.line, tickcolor: colours.line });
    return painted;
  }

  function draw(scheme, width) {
    for (const { name, figure } of data.charts) {
      const painted = themed(figure, data.palettes[scheme]);
      if (width) painted.layout.width = width;
      Plotly.react(`chart-${name}`, painted.data, painted.layout, { displaylogo: false, responsive: true, scrollZoom: false,
        modeBarButtons: [["toImage"]], toImageButtonOptions: { format: "svg", filename: `readout-${name}` } });
    }
  }

  by("find").addEventListener("input", narrow);
  by("all").addEventListener("click", () => { only = null; by("find").value = ""; narrow(); });
  if (!data.charts.length) return;
  for (const name of ["world_110m", "world_50m"]) window.PlotlyGeoAssets.topojson[name] = data.borders;
  Object.assign(window.PlotlyGeoAssets, data.shapes);
  const now = () => draw(dark.matches ? "dark" : "light");
  now();
  for (const { name } of data.charts)
    by(`chart-${name}`).on("plotly_click", (event) => chosen(event.points.map((point) => point.customdata).find(Boolean)));
  dark.addEventListener("change", now);
  window.addEventListener("beforeprint", () => draw("light", 680));
  window.addEventListener("afterprint", now);
})();
