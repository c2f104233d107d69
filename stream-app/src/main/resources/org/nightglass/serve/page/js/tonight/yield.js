// Targets over the night's time axis: observed and good so far, the plan's pace, and the forecast with its interval.

import { h } from "../base/dom.js";
import { clock, count, moment } from "../base/format.js";
import { legend, panel } from "../base/panel.js";
import { Plot } from "../charts/plot.js";

const HOUR = 3600;

export class Yield {
  constructor() {
    this.panel = panel("yield", "Yield over the night", "w7");
    this.element = this.panel.element;
    const host = h("div", {
      class: "plot h300",
      role: "img",
      "aria-label": "Targets observed and with good redshifts over the night",
    });
    [this.host, this.bins, this.ends] = [host, [], []];
    this.panel.body.append(
      legend([
        { colour: "--blue", text: "observed" },
        { colour: "--amber", text: "good redshift" },
        { colour: "--muted", text: "plan's pace", dash: true },
        { colour: "--amber", text: "forecast, 68 %", dash: true },
      ]),
      host,
    );
    this.plot = new Plot(host, {
      height: 300,
      x: { time: true },
      y: {
        range: (u, low, high) => [0, Math.max(10, (high ?? 0) * 1.06)],
        values: (u, ticks) => ticks.map(count),
        size: 58,
      },
      series: [
        { label: "observed", colour: "--blue", path: "step", width: 2.5, gaps: false },
        { label: "good", colour: "--amber", path: "step", width: 2.5, gaps: false },
        { label: "plan", colour: "--muted", dash: [6, 5], width: 1.5, gaps: false },
        { label: "forecast", colour: "--amber", dash: [3, 4], width: 2, gaps: false, points: true },
        { label: "high", colour: "--amber", width: 0, gaps: false },
        { label: "low", colour: "--amber", width: 0, gaps: false },
      ],
      bands: [{ pair: [5, 6], colour: "--amber", alpha: 0.22 }],
      readout: (u, i) => this.#read(i),
    });
  }

  /** timeline: the API's bins on the axis of observation; record: the night's yield; account: its status. */
  set(timeline, record, account) {
    this.bins = timeline?.items ?? [];
    this.ends = ends(this.bins, (timeline?.minutes ?? 1) * 60, record?.pace);
    this.plot.set(columns(this.bins, this.ends, record, account));
    this.#read(null);
    this.panel.table(
      ["Bin begins", "Spectra#", "Observed#", "Good redshift#", "Observed so far#", "Good so far#"],
      this.bins.map((bin) => [
        clock(bin.at),
        ...[bin.spectra, bin.observed, bin.good_z, bin.cumulative_observed, bin.cumulative_good_z].map(count),
      ]),
    );
    const last = this.bins.at(-1);
    this.host.setAttribute(
      "aria-label",
      last
        ? `By ${clock(last.at)}: ${count(last.cumulative_observed)} targets observed, ${count(last.cumulative_good_z)} with a good redshift`
        : "No spectrum yet",
    );
  }

  #read(i) {
    const at = i === null ? Infinity : this.plot.data[0][i];
    const last = this.bins.findLastIndex((one) => moment(one.at) / 1000 <= at);
    const bin = this.bins[last];
    this.panel.hint(
      bin
        ? `${clock(1000 * this.ends[last])}: ${count(bin.cumulative_observed)} observed, ${count(bin.cumulative_good_z)} good`
        : "No spectrum of this night yet.",
    );
  }
}

/** When bins of a width end, in seconds; the last one with the last exposure. */
function ends(bins, width, pace) {
  const last = moment(pace?.last_exposure_end) / 1000 || Infinity;
  return bins.map((bin) => {
    const begin = moment(bin.at) / 1000;
    return last > begin ? Math.min(begin + width, last) : begin + width;
  });
}

/** Columns for the plot: x in seconds, observed, good, plan, forecast, its high and low. */
function columns(bins, ends, record, account) {
  const rows = new Map();
  const put = (x, column, value) => {
    if (!rows.has(x)) rows.set(x, [null, null, null, null, null, null]);
    rows.get(x)[column] = value;
  };
  bins.forEach((bin, i) => {
    put(ends[i], 0, bin.cumulative_observed);
    put(ends[i], 1, bin.cumulative_good_z);
  });
  const pace = record?.pace ?? null;
  if (bins.length) {
    const start = pace ? moment(pace.first_exposure_at) / 1000 : moment(bins[0].at) / 1000;
    put(Math.min(start, moment(bins[0].at) / 1000), 0, 0);
    put(Math.min(start, moment(bins[0].at) / 1000), 1, 0);
  }
  if (pace) addOutlook(put, record, pace, moment(account?.planned_end) / 1000 || null, bins.at(-1));
  const xs = [...rows.keys()].sort((a, b) => a - b);
  return [xs, ...[0, 1, 2, 3, 4, 5].map((column) => xs.map((x) => rows.get(x)[column]))];
}

function addOutlook(put, record, pace, plannedEnd, lastBin) {
  const [start, last] = [moment(pace.first_exposure_at) / 1000, moment(pace.last_exposure_end) / 1000];
  if (pace.planned_per_hour && record.assigned) {
    const end = Math.min(start + (record.assigned / pace.planned_per_hour) * HOUR, plannedEnd ?? Infinity);
    put(start, 2, 0);
    put(end, 2, ((end - start) / HOUR) * pace.planned_per_hour);
  }
  const forecast = record.forecast;
  if (!forecast || record.state !== "OPEN" || !lastBin) return;
  const toCome = forecast.remaining_targets;
  const end = plannedEnd ?? (pace.observed_per_hour ? last + (toCome / pace.observed_per_hour) * HOUR : null);
  const from = Math.max(last, moment(lastBin.at) / 1000);
  if (end === null || end <= from) return;
  [record.good_z, record.good_z, record.good_z].forEach((value, i) => put(from, 3 + i, value));
  [forecast.good_z, forecast.good_z_high, forecast.good_z_low].forEach((value, i) => put(end, 3 + i, value));
}
