// A chart as a picture to take home. Plotly makes it in the browser, as its own button does: that one is told the format
// and pressed, wherever it stands.
export default function ({ data, parentElement }) {
  const line = parentElement.querySelector(".pictures");
  line.replaceChildren();
  for (const format of data.formats) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Picture as ${format.toUpperCase()}`;
    button.addEventListener("click", () => {
      const plot = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
      const press = plot && plot.querySelector(".modebar-btn[data-title^='Download plot']");
      if (!press) return;
      plot._context.toImageButtonOptions = { format, filename: `readout-${data.chart}`, scale: format === "png" ? 2 : 1 };
      press.click();
    });
    line.append(button);
  }
}
