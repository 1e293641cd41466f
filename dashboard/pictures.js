// A chart as a picture to take home. Plotly makes it in the browser, as its own button does: that one is told the format
// and pressed, wherever it stands.
export default function ({ data, parentElement }) {
  const line = parentElement.querySelector(".pictures");
  line.replaceChildren();
  for (const format of data.formats) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Picture as ${format.toUpperCase()}`;
    // A chart that is being drawn anew has no button for a moment: it is asked again, so that no click is lost.
    const take = (tries) => {
      const plot = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
      const press = plot && plot.querySelector(".modebar-btn[data-title^='Download plot']");
      if (!press) return tries > 0 && setTimeout(() => take(tries - 1), 100);
      plot._context.toImageButtonOptions = { format, filename: `readout-${data.chart}`, scale: format === "png" ? 2 : 1 };
      press.click();
    };
    button.addEventListener("click", () => take(50));
    line.append(button);
  }
}
