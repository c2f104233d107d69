// How the program keeps up: throughput and latency; and what it could not use: rejects and sky fibres.

import { barTable } from "../base/bars.js";
import { h, patch } from "../base/dom.js";
import { clock, count, interval, moment, percent, seconds } from "../base/format.js";
import { empty, panel, simpleTable } from "../base/panel.js";
import { plain } from "../base/words.js";
import { Plot } from "../charts/plot.js";
import { quantile, ratio } from "./headline.js";

/** Results a minute, and how long they took. */
export class Flow {
  constructor() {
    this.panel = panel("flow", "Throughput and latency", "w6");
    this.element = this.panel.element;
    this.bins = [];
    this.quantiles = h("div");
    const host = h("div", { class: "plot h180", role: "img", "aria-label": "Spectra processed a minute" });
    this.panel.body.append(this.quantiles, host);
    this.plot = new Plot(host, {
      height: 180,
      x: { time: true },
      y: {
        range: (u, low, high) => [0, Math.max(10, (high ?? 0) * 1.1)],
        values: (u, ticks) => ticks.map(count),
        label: "spectra a minute",
      },
      series: [{ label: "spectra a minute", colour: "--blue", path: "bars", fill: 0.7, width: 0 }],
      readout: (u, i) => this.#read(i),
    });
    this.setRecord(null);
    this.setTimeline(null);
  }

  setRecord(record) {
    const row = (name, title) => [title, ...["p05", "p50", "p95", "p99"].map((part) => quantile(record, name, part))];
    patch(
      this.quantiles,
      simpleTable(
        ["Time to result", "5 %#?", "median#", "95 %#", "99 %#"],
        [row("processing_latency", "from the broker"), row("result_latency", "from exposure's end")],
      ),
    );
  }

  /** The API's bins on the axis of emission. */
  setTimeline(timeline) {
    this.bins = timeline?.items ?? [];
    this.minutes = timeline?.minutes ?? 1;
    this.plot.set([this.bins.map((bin) => moment(bin.at) / 1000), this.bins.map((bin) => bin.spectra / this.minutes)]);
    this.#read(null);
    this.panel.table(
      ["Bin begins", "Spectra#", "Median latency#", "95 %#"],
      this.bins.map((bin) => [clock(bin.at), count(bin.spectra), seconds(bin.latency_p50), seconds(bin.latency_p95)]),
    );
  }

  #read(i) {
    const bin = i === null ? this.bins.at(-1) : this.bins[i];
    this.panel.hint(
      bin
        ? `${clock(bin.at)}: ${count(bin.spectra / this.minutes)} spectra a minute, median ${seconds(bin.latency_p50)}`
        : "Nothing has come out yet.",
    );
  }
}

/** Rejects by reason, the latest of them in words. */
export class Rejects {
  constructor() {
    this.panel = panel("rejects", "Rejected spectra", "w8");
    this.element = this.panel.element;
    this.set(null);
  }

  /** page: the API's answer on rejects of the night. */
  set(page) {
    const reasons = Object.entries(page?.reasons ?? {}).sort((a, b) => b[1] - a[1]);
    if (!reasons.length) {
      patch(this.panel.body, empty(page ? "Nothing was rejected." : "Not known yet."));
      this.panel.hint("");
      return;
    }
    const most = reasons[0][1];
    patch(
      this.panel.body,
      barTable({
        caption: "Rejects by reason",
        attribute: "data-reason",
        rows: reasons.map(([reason, value]) => ({
          key: reason,
          title: plain(reason),
          share: value / most,
          text: count(value),
          kind: "bad",
        })),
      }),
      h("h3", null, "The latest"),
      h("ul", { class: "latest" }, page.items.slice(0, 4).map(latest)),
    );
    this.panel.hint(`${count(reasons.reduce((sum, [, value]) => sum + value, 0))} events, each once.`);
  }
}

function latest(row) {
  return h(
    "li",
    null,
    h("span", { class: "muted" }, `${clock(row.rejected_at)} `),
    h("span", { class: "wrap" }, row.spectrum_id ?? `offset ${row.source_offset}`),
    ": ",
    row.message,
  );
}

/** Sky fibres accepted as good: what a confidence is worth. */
export class Sky {
  constructor() {
    this.panel = panel("skyfibres", "Sky fibres taken for objects", "w4");
    this.element = this.panel.element;
    this.set(null);
  }

  set(record) {
    const one = ratio(record, "sky_false_positive_rate");
    patch(
      this.panel.body,
      h("p", { class: "big", "data-figure": "sky_false_positive_rate" }, percent(one?.value, 2)),
      h(
        "p",
        { class: "detail" },
        one && one.value !== null
          ? `${interval(one.low, one.high, 2)} (68 %)`
          : (one?.null_reason ?? "nothing counted yet"),
      ),
      h(
        "p",
        { class: "detail" },
        record ? `${count(record.sky_accepted)} of ${count(record.sky_fibres)} sky fibres accepted` : "\u00a0",
      ),
    );
    this.panel.hint("Empty sky should never pass: the lower the better.");
  }
}
