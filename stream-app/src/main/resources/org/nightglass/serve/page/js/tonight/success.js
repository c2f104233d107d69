// Success against signal-to-noise ratio: share of good redshifts by bin with its interval.

import { h } from "../base/dom.js";
import { count, fixed, interval, percent } from "../base/format.js";
import { panel } from "../base/panel.js";
import { errorBars, Plot } from "../charts/plot.js";

export class Success {
  constructor() {
    this.panel = panel("success", "Success against S/N", "w4");
    this.element = this.panel.element;
    this.bins = [];
    const host = h("div", {
      class: "plot h260",
      role: "img",
      "aria-label": "Share of good redshifts by signal-to-noise ratio",
    });
    this.panel.body.append(host);
    this.plot = new Plot(host, {
      height: 260,
      x: {
        log: true,
        label: "median S/N per pixel",
        range: (u, low, high) => [Math.min(0.5, low ?? 0.5), Math.max(20, high ?? 20) * 1.1],
        values: (u, ticks) =>
          ticks.map((tick) => ([0.1, 0.3, 1, 2, 5, 10, 20, 50, 100].includes(tick) ? String(tick) : "")),
        space: 14,
      },
      y: { range: [0, 1.02], values: (u, ticks) => ticks.map((tick) => `${Math.round(100 * tick)} %`) },
      series: [{ label: "success", colour: "--amber", points: true, width: 1.5 }],
      draw: [errorBars(() => this.bins.map((bin) => [middle(bin), bin.success_low, bin.success_high]), "--amber")],
      readout: (u, i) => this.#read(i),
    });
  }

  set(bins) {
    this.bins = bins;
    this.plot.set([bins.map(middle), bins.map((bin) => bin.success)]);
    this.#read(null);
    this.panel.table(
      ["S/N", "Valid#", "Good#", "Success#", "68 % interval#"],
      bins.map((bin) => [
        edges(bin),
        count(bin.valid),
        count(bin.good_z),
        percent(bin.success),
        interval(bin.success_low, bin.success_high),
      ]),
    );
  }

  #read(i) {
    const bin = i === null ? null : this.bins[i];
    const rest = this.bins.length
      ? "Unique targets with their best spectrum, good of valid ones by policy; bars: 68 % intervals."
      : "No valid spectrum yet.";
    this.panel.hint(bin ? `S/N ${edges(bin)}: ${percent(bin.success)} of ${count(bin.valid)}` : rest);
  }
}

const middle = (bin) => Math.sqrt(Math.max(0.05, bin.snr_low) * bin.snr_high);

const edges = (bin) =>
  `${fixed(bin.snr_low, bin.snr_low < 10 ? 2 : 0)}–${fixed(bin.snr_high, bin.snr_high < 10 ? 2 : 0)}`;
