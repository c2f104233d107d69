// The figures to be read from across the room.

import { h, patch } from "../base/dom.js";
import { count, interval, percent, seconds } from "../base/format.js";

/** A ratio of a yield by its name; null where it has none. */
export function ratio(record, name) {
  return record?.ratios?.find((one) => one.name === name) ?? null;
}

/** Five figures of a night's yield. */
export class Headline {
  constructor() {
    this.element = h("section", { class: "headline w12", "aria-label": "The night in five figures" });
    this.set(null);
  }

  set(record) {
    patch(
      this.element,
      this.#ratio(record, "redshift_completeness", "Redshift completeness", "of", "targeted"),
      this.#ratio(record, "success_rate", "Success rate", "of", "valid"),
      this.#observed(record),
      this.#pace(record?.pace ?? null),
      this.#forecast(record),
    );
  }

  #ratio(record, name, title, word, below) {
    const one = ratio(record, name);
    const detail =
      one && one.value !== null
        ? [
            `${interval(one.low, one.high)}`,
            h("br"),
            `${count(one.numerator)} ${word} ${count(one.denominator)} ${below}`,
          ]
        : [one?.null_reason ?? "nothing counted yet", h("br"), "\u00a0"];
    return figure(name, title, percent(one?.value), detail);
  }

  #observed(record) {
    const one = ratio(record, "observation_completeness");
    const detail =
      one && one.value !== null
        ? [`${percent(one.value)} of ${count(record.assigned)} assigned`]
        : [one?.null_reason ?? "nothing counted yet"];
    const more = record?.unplanned ? `${count(record.unplanned)} of them not in the plan` : "\u00a0";
    return figure("observed", "Observed", count(record?.observed), [...detail, h("br"), more]);
  }

  #pace(pace) {
    const planned =
      pace && pace.planned_per_hour !== null
        ? `plan: ${count(pace.planned_per_hour)} targets an hour`
        : "the plan states no pace";
    return figure("pace", "Good redshifts an hour", count(pace?.good_z_per_hour), [
      pace ? `${count(pace.observed_per_hour)} observed an hour` : "no exposure yet",
      h("br"),
      pace ? planned : "\u00a0",
    ]);
  }

  #forecast(record) {
    const one = record?.forecast ?? null;
    const detail = one
      ? [
          `${interval(one.completeness_low, one.completeness_high)}`,
          h("br"),
          `${count(one.remaining_fields)} fields to come`,
        ]
      : [record?.forecast_null_reason ?? "nothing to go by yet", h("br"), "\u00a0"];
    return figure("forecast", "Completeness at the end", percent(one?.completeness), detail);
  }
}

function figure(name, title, value, detail) {
  return h(
    "div",
    { class: "figure", "data-figure": name },
    h("h2", null, title),
    h("p", { class: "big" }, value),
    h("p", { class: "detail" }, ...detail),
  );
}

/** A quantile of a latency in words, for instance of "processing_latency" the "p50". */
export function quantile(record, name, part) {
  return seconds(record?.quantiles?.find((each) => each.name === name)?.[part]);
}
