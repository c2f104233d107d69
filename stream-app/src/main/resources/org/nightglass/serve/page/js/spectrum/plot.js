// A spectrum: flux with its error band, and the lines of a class at a redshift, which can be dragged along.

import uPlot from "../../lib/uPlot.esm.js";
import { h, perFrame } from "../base/dom.js";
import { fixed } from "../base/format.js";
import { Plot } from "../charts/plot.js";
import { robustRange, smooth } from "./smooth.js";

const LABEL_ROWS = 6;
const LABEL_PIXELS = 46;

export class SpectrumPlot {
  /** onZ(z) when lines are dragged; onRead(text) with what is under the pointer. */
  constructor(host, { height, onZ, onRead }) {
    Object.assign(this, { host, height, onZ, onRead });
    this.arms = [];
    this.lines = [];
    this.z = null;
    this.sigma = 2;
    this.layer = h("div", { class: "lines" });
    this.place = perFrame(() => this.#placeLines());
  }

  setArms(arms) {
    this.arms = arms;
    this.host.replaceChildren();
    const series = arms.flatMap((arm, i) => [
      { label: arm.name, colour: i % 2 ? "--blue" : "--amber", width: 1.2 },
      { label: "high", colour: "--mid", width: 0 },
      { label: "low", colour: "--mid", width: 0 },
    ]);
    this.plot = new Plot(this.host, {
      height: this.height,
      x: { label: "observed wavelength, vacuum (Å)", values: (u, ticks) => ticks.map((tick) => String(tick)) },
      y: { label: "flux (1e-17 erg/s/cm²/Å)", range: (u) => this.#range(u), size: 62 },
      series,
      bands: arms.map((_, i) => ({ pair: [3 * i + 2, 3 * i + 3], colour: "--mid", alpha: 0.3 })),
      cursor: { drag: { x: true, y: false } },
      draw: [() => this.place()],
      readout: (u, i) => this.#read(u, i),
      ready: (u) => this.#ready(u),
    });
    this.#fill();
  }

  setSmoothing(sigma) {
    this.sigma = sigma;
    if (this.arms.length) this.#fill();
  }

  /** Shows these lines at a redshift; null takes them away. */
  setLines(lines, z) {
    [this.lines, this.z] = [lines, z];
    this.place();
  }

  /** Back to the whole range of wavelengths. */
  whole() {
    const xs = this.plot?.data[0] ?? [];
    if (xs.length) this.plot.u.setScale("x", { min: xs[0], max: xs.at(-1) });
  }

  #fill() {
    const tables = this.arms.map((arm) => {
      const { flux, error } = smooth(arm.flux, arm.error, this.sigma);
      const edge = (sign) =>
        flux.map((value, i) => (value === null || error[i] === null ? null : value + sign * error[i]));
      return [arm.wavelength, flux, edge(1), edge(-1)];
    });
    // Pixels of one arm are no gaps in another: join() marks them so that they do not break its curve.
    this.plot.set(tables.length > 1 ? uPlot.join(tables) : tables[0]);
  }

  #range(u) {
    const { min, max } = u.scales.x;
    const inside = (x) => min === undefined || min === null || (x >= min && x <= max);
    const values = [];
    for (let s = 1; s < u.data.length; s += 3)
      u.data[s].forEach((value, i) => inside(u.data[0][i]) && values.push(value));
    return robustRange(values);
  }

  #ready(u) {
    u.over.append(this.layer);
    u.over.addEventListener("pointerdown", (event) => this.#grab(u, event), { capture: true });
    u.over.addEventListener("mousedown", (event) => this.dragging && event.stopPropagation(), { capture: true });
    this.place();
  }

  #placeLines() {
    const u = this.plot?.u;
    if (!u || this.z === null) {
      this.layer.replaceChildren();
      return;
    }
    const { min, max } = u.scales.x;
    const ends = new Array(LABEL_ROWS).fill(-Infinity);
    const marks = this.lines.flatMap((line) => {
      const observed = line.rest * (1 + this.z);
      if (!(observed >= min && observed <= max)) return [];
      const left = u.valToPos(observed, "x");
      const row = ends.findIndex((end) => left > end);
      if (row >= 0) ends[row] = left + LABEL_PIXELS;
      return [
        h(
          "div",
          {
            class: `line ${line.kind}`,
            "data-line": line.id,
            "data-angstrom": observed.toFixed(2),
            style: { left: `${left}px` },
          },
          // Without room no name: closing in makes some.
          row >= 0 ? h("span", { style: { top: `${row * 17 + 2}px` } }, line.name) : null,
        ),
      ];
    });
    this.layer.replaceChildren(...marks);
  }

  // Whoever takes hold of a line drags the redshift; everywhere else dragging selects a range to zoom into.
  #grab(u, event) {
    const x = event.clientX - u.over.getBoundingClientRect().left;
    const near = this.lines
      .map((line) => ({ line, distance: Math.abs(u.valToPos(line.rest * (1 + this.z), "x") - x) }))
      .sort((a, b) => a.distance - b.distance)[0];
    if (this.z === null || !near || near.distance > (event.pointerType === "touch" ? 16 : 7)) return;
    this.dragging = true;
    event.stopPropagation();
    event.preventDefault();
    u.over.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const at = u.posToVal(moved.clientX - u.over.getBoundingClientRect().left, "x");
      this.onZ(at / near.line.rest - 1);
    };
    const end = () => {
      this.dragging = false;
      u.over.removeEventListener("pointermove", move);
    };
    u.over.addEventListener("pointermove", move);
    u.over.addEventListener("pointerup", end, { once: true });
    u.over.addEventListener("pointercancel", end, { once: true });
  }

  #read(u, i) {
    if (i === null) {
      this.onRead(null);
      return;
    }
    const angstrom = u.data[0][i];
    const flux = [1, 4, 7, 10].map((s) => u.data[s]?.[i]).find((value) => value !== null && value !== undefined);
    const rest = this.z === null ? "" : `, ${fixed(angstrom / (1 + this.z), 1)} Å at rest`;
    this.onRead(`${fixed(angstrom, 1)} Å${rest}: flux ${fixed(flux, 2)}`);
  }
}
