// What was found: n(z) by class, and the classes found against those that the targets were selected as.

import { h, patch } from "../base/dom.js";
import { count, fixed, percent } from "../base/format.js";
import { empty, legend, panel } from "../base/panel.js";
import { classColour, scaleStyle } from "../charts/colour.js";
import { Plot } from "../charts/plot.js";

/** n(z) of good redshifts. The plot is made anew when the classes change. */
export class Redshifts {
  constructor() {
    this.panel = panel("redshifts", "n(z) of good redshifts", "w8");
    this.element = this.panel.element;
    this.legend = h("div");
    this.host = h("div", { class: "plot h260", role: "img", "aria-label": "Good redshifts by class" });
    this.panel.body.append(this.legend, this.host);
    this.panel.hint("No good redshift yet.");
    this.labels = null;
  }

  set(histograms) {
    const shown = histograms.filter((one) => one.counts.some((value) => value > 0));
    const labels = shown.map((one) => one.class_label);
    if (String(labels) !== String(this.labels)) this.#build(labels);
    if (!shown.length) return;
    this.#fill(shown);
    this.panel.table(
      ["Class", "z from#", "z to#", "Targets#"],
      shown.flatMap((one) =>
        one.counts.flatMap((value, i) => {
          const from = one.z_start + i * one.z_step;
          return value ? [[one.class_label, fixed(from, 3), fixed(from + one.z_step, 3), count(value)]] : [];
        }),
      ),
    );
    const sum = (one) => one.counts.reduce((all, value) => all + value, 0);
    this.panel.hint(shown.map((one) => `${one.class_label}: ${count(sum(one))}`).join(", "));
  }

  #build(labels) {
    this.labels = labels;
    this.host.replaceChildren();
    patch(
      this.legend,
      labels.length ? legend(labels.map((label) => ({ colour: classColour(label, labels), text: label }))) : null,
    );
    if (!labels.length) return;
    this.plot = new Plot(this.host, {
      height: 260,
      x: { label: "redshift z" },
      y: {
        range: (u, low, high) => [0, Math.max(4, (high ?? 0) * 1.08)],
        values: (u, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? count(tick) : "")),
      },
      series: labels.map((label) => ({
        label,
        colour: classColour(label, labels),
        path: "step",
        width: 2,
        fill: 0.12,
      })),
    });
  }

  // Every class on the finest of the axes, so that bins of different widths would still stand where they belong.
  #fill(shown) {
    const edges = [
      ...new Set(
        shown.flatMap((one) => [...one.counts, 0].map((_, i) => Number((one.z_start + i * one.z_step).toFixed(6)))),
      ),
    ].sort((a, b) => a - b);
    const columns = shown.map((one) =>
      edges.map((edge) => one.counts[Math.floor((edge - one.z_start) / one.z_step + 1e-6)] ?? 0),
    );
    this.plot.set([edges, ...columns]);
  }
}

/** The class mix as a matrix: a row for each class selected, a column for each found. */
export class Mix {
  constructor() {
    this.panel = panel("mix", "Classes: selected against found", "w6");
    this.element = this.panel.element;
    this.set([]);
  }

  set(mix) {
    if (!mix.length) {
      patch(this.panel.body, empty("No valid spectrum yet."));
      return;
    }
    const rows = [...new Set(mix.map((one) => one.selected_as))].sort();
    const columns = [...new Set(mix.map((one) => one.class_label))].sort();
    const valid = (row, column) =>
      mix
        .filter((one) => one.selected_as === row && one.class_label === column)
        .reduce((sum, one) => sum + one.valid, 0);
    const all = mix.reduce((sum, one) => sum + one.valid, 0);
    patch(
      this.panel.body,
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "group", "aria-label": "Classes selected against found" },
        h(
          "table",
          { class: "matrix" },
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "col" }, "selected as"),
              columns.map((one) => h("th", { scope: "col", class: "num" }, one)),
              h("th", { scope: "col", class: "num" }, "expected"),
            ),
          ),
          h(
            "tbody",
            null,
            rows.map((row) => {
              const total = columns.reduce((sum, column) => sum + valid(row, column), 0);
              return h(
                "tr",
                null,
                h("th", { scope: "row" }, row || "not known"),
                columns.map((column) => cell(valid(row, column), total)),
                h("td", { class: "num" }, `${count(total)} (${percent(total / all, 0)})`),
              );
            }),
          ),
          h(
            "tfoot",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "row" }, "found"),
              columns.map((column) => {
                const total = rows.reduce((sum, row) => sum + valid(row, column), 0);
                return h("td", { class: "num" }, `${count(total)} (${percent(total / all, 0)})`);
              }),
              h("td", { class: "num" }, count(all)),
            ),
          ),
        ),
      ),
    );
    this.panel.hint("Unique targets with a usable spectrum; shares are of the row.");
  }
}

function cell(value, total) {
  const share = total ? value / total : 0;
  return h(
    "td",
    { class: "num heat" },
    h("span", {
      class: "swatch",
      "aria-hidden": "true",
      style: { background: value ? scaleStyle(share) : "transparent" },
    }),
    value ? `${count(value)} ` : "0",
    value ? h("span", { class: "muted" }, percent(share, 0)) : null,
  );
}
