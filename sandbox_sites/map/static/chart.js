"use strict";
// The map is zoomed by its view box, around its middle.
document.querySelectorAll("[data-chart]").forEach((chart) => {
  const whole = chart.getAttribute("viewBox").split(" ").map(Number);
  let box = whole.slice();
  chart.parentElement.querySelectorAll("[data-zoom]").forEach((knob) => {
    knob.addEventListener("click", () => {
      const factor = Number(knob.dataset.zoom);
      const width = Math.min(whole[2] * 2.5, Math.max(whole[2] / 8, box[2] * factor));
      const height = width * whole[3] / whole[2];
      box = [box[0] + (box[2] - width) / 2, box[1] + (box[3] - height) / 2, width, height];
      chart.setAttribute("viewBox", box.map((value) => value.toFixed(0)).join(" "));
    });
  });
});
