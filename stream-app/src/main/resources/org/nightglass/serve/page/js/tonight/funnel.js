// The funnel from targeted to good redshift: a table whose rows are bars, with the intervals of the ratios as whiskers.

import { bar } from "../base/bars.js";
import { h, patch } from "../base/dom.js";
import { count, interval, percent } from "../base/format.js";
import { empty, panel } from "../base/panel.js";
import { ratioWords } from "../base/words.js";
import { ratio } from "./headline.js";

/** The steps in order, and the ratio that is a step's own. */
export const STEPS = [
  ["targeted", "Targeted", null],
  ["assigned", "Assigned", null],
  ["observed", "Observed", "observation_completeness"],
  ["valid", "Valid", "valid_fraction"],
  ["classified", "Classified", "classified_fraction"],
  ["good_z", "Good redshift", "success_rate"],
];

export class Funnel {
  constructor() {
    this.panel = panel("funnel", "Funnel", "w5");
    this.element = this.panel.element;
    this.set(null);
  }

  set(record) {
    if (!record) {
      patch(this.panel.body, empty("Nothing has been counted in this night yet."));
      return;
    }
    patch(
      this.panel.body,
      h(
        "table",
        { class: "funnel" },
        head(),
        h(
          "tbody",
          null,
          STEPS.map((step) => row(record, ...step)),
        ),
      ),
    );
    this.panel.hint(...account(record));
  }
}

function head() {
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      h("th", { scope: "col" }, "Step"),
      h("th", { scope: "col", class: "num" }, "Targets"),
      h("th", { scope: "col" }, h("span", { class: "sr-only" }, "Bar")),
      h("th", { scope: "col", class: "num" }, "Ratio, 68 % interval"),
    ),
  );
}

function row(record, key, title, ratioName) {
  const one = ratioName ? ratio(record, ratioName) : null;
  const top = Math.max(record.targeted ?? 0, record.observed, 1);
  const value = record[key];
  const words =
    one && one.value !== null
      ? [h("strong", null, percent(one.value)), " ", h("span", { class: "muted" }, interval(one.low, one.high))]
      : ["\u00a0"];
  return h(
    "tr",
    { "data-step": key },
    h("th", { scope: "row" }, title),
    h("td", { class: "num count" }, count(value)),
    h("td", { class: "bars" }, bar((value ?? 0) / top, {}, whisker(one, top))),
    h("td", { class: "num ratio", title: ratioName ? ratioWords(ratioName) : null }, ...words),
  );
}

// The whisker spans the interval of the ratio, carried over to the count that it is a ratio of.
function whisker(one, top) {
  if (!one || one.low === null || one.denominator === null) return null;
  const share = (ratio) => 100 * Math.min(1, (ratio * one.denominator) / top);
  return h("div", {
    class: "whisker",
    style: { left: `${share(one.low)}%`, width: `${share(one.high) - share(one.low)}%` },
  });
}

function account(record) {
  const parts = [];
  const closed = record.reconciliation;
  if (closed) {
    parts.push(
      `Reconciled: ${count(closed.assigned)} assigned = ${count(closed.valid)} valid + ${count(closed.invalid)} invalid + ` +
        `${count(closed.rejected)} rejected + ${count(closed.missing)} missing.`,
    );
  }
  parts.push(`${count(record.spectra)} spectra of targets.`);
  if (record.overridden) parts.push(`${count(record.overridden)} targets stand as a person said.`);
  if (record.night_mismatches) parts.push(`${count(record.night_mismatches)} spectra stated another night.`);
  return [parts.join(" ")];
}
