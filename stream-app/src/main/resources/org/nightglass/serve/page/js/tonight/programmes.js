// The night's programmes as small multiples: the same funnel, small, side by side.

import { barTable } from "../base/bars.js";
import { h, patch } from "../base/dom.js";
import { count, interval, percent } from "../base/format.js";
import { empty, panel } from "../base/panel.js";
import { address } from "../base/router.js";
import { STEPS } from "./funnel.js";
import { ratio } from "./headline.js";

export class Programmes {
  constructor() {
    this.panel = panel("programmes", "Programmes", "w12");
    this.element = this.panel.element;
    this.set([]);
  }

  set(records) {
    const sorted = [...records].sort((a, b) => a.programme.localeCompare(b.programme));
    patch(
      this.panel.body,
      sorted.length
        ? h("div", { class: "multiples" }, sorted.map(card))
        : empty("No programme has been counted in this night yet."),
    );
    this.panel.hint(sorted.length ? "Bars: targets at each step of the funnel, each programme on its own scale." : "");
  }
}

function card(record) {
  const complete = ratio(record, "redshift_completeness");
  const success = ratio(record, "success_rate");
  const top = Math.max(1, record.targeted ?? 0, record.observed);
  return h(
    "article",
    { class: "multiple", "data-key": record.programme, "data-programme": record.programme },
    h(
      "h3",
      { class: "clip" },
      h(
        "a",
        { href: address("fields", null, { programme: record.programme }), title: record.programme },
        record.programme,
      ),
    ),
    h(
      "p",
      null,
      h("strong", { class: "medium" }, percent(complete?.value)),
      " ",
      h("span", { class: "muted" }, interval(complete?.low, complete?.high), " complete"),
    ),
    barTable({
      caption: `Funnel of ${record.programme}`,
      attribute: "data-step",
      small: true,
      rows: STEPS.map(([key, title]) => ({ key, title, share: (record[key] ?? 0) / top, text: count(record[key]) })),
    }),
    h("p", { class: "muted" }, `Success ${percent(success?.value)} (${interval(success?.low, success?.high)})`),
  );
}
