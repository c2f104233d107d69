// What the model says of a spectrum: probabilities, the ensemble's members, warnings, where and when it comes from.

import { barTable } from "../base/bars.js";
import { h, svg } from "../base/dom.js";
import { count, dateTime, fixed, moment, nightName, percent, position, redshift, seconds } from "../base/format.js";
import { address } from "../base/router.js";
import { warning } from "../base/words.js";
import { classColour } from "../charts/colour.js";

/** Class probabilities as bars. */
export function probabilities(result) {
  const labels = result.probabilities.map((one) => one.label);
  const sorted = [...result.probabilities].sort((a, b) => b.probability - a.probability).slice(0, 16);
  return barTable({
    caption: "Class probabilities",
    attribute: "data-class",
    rows: sorted.map(({ label, probability }) => ({
      key: label,
      title: label,
      share: probability,
      text: percent(probability),
      colour: classColour(label, labels),
    })),
  });
}

/** The ensemble's members on a line, with the estimate and its error. */
export function members(result) {
  if (result.z === null) return h("p", { class: "muted" }, result.z_null_reason ?? "No redshift is estimated.");
  const reach = Math.max(3 * result.z_err, ...result.z_members.map((z) => 1.15 * Math.abs(z - result.z)), 1e-6);
  const x = (z) => 150 + (140 * (z - result.z)) / reach;
  return h(
    "div",
    null,
    svg(
      "svg",
      {
        viewBox: "0 0 300 54",
        class: "members",
        role: "img",
        "aria-label": `Members: ${result.z_members.map((z) => fixed(z, 5)).join(", ")}`,
      },
      svg("rect", {
        class: "error",
        x: x(result.z - result.z_err),
        y: 8,
        width: Math.max(1, x(result.z + result.z_err) - x(result.z - result.z_err)),
        height: 26,
      }),
      svg("line", { class: "axis", x1: 8, x2: 292, y1: 34, y2: 34 }),
      svg("line", { class: "mean", x1: 150, x2: 150, y1: 4, y2: 38 }),
      result.z_members.map((z, i) => svg("circle", { class: "member", cx: x(z), cy: 14 + 7 * (i % 3), r: 4.5 })),
      svg("text", { x: 10, y: 50 }, fixed(result.z - reach, 5)),
      svg("text", { x: 150, y: 50, "text-anchor": "middle" }, fixed(result.z, 5)),
      svg("text", { x: 290, y: 50, "text-anchor": "end" }, fixed(result.z + reach, 5)),
    ),
    h(
      "p",
      { class: "hint" },
      `${count(result.z_members.length)} members (dots), estimate (line), its 1σ error (box). Main peak holds ${percent(result.z_peak_probability)}.`,
    ),
  );
}

/** Warnings as sentences. */
export function warnings(result) {
  if (!result.warnings.length) return h("p", { class: "muted" }, "None.");
  return h(
    "ul",
    { class: "warnings" },
    result.warnings.map((name) =>
      h("li", { "data-warning": name }, warning(name), " ", h("span", { class: "muted mono" }, name)),
    ),
  );
}

/** Origin and times. */
export function origin(result) {
  const pair = (name, value) => h("div", null, h("dt", null, name), h("dd", null, value));
  return h(
    "dl",
    { class: "facts" },
    pair("Target", h("a", { href: address("targets", result.target_id), class: "wrap" }, result.target_id)),
    pair("Field", h("a", { href: address("fields", result.field_id) }, result.field_id)),
    pair(
      "Night",
      result.night ? h("a", { href: address("night", result.night) }, nightName(result.night)) : "not known",
    ),
    pair("Programme", result.programme),
    pair("Kind", result.kind),
    pair("Selected as", result.selected_as ?? "not known"),
    pair("Fibre", String(result.fibre)),
    pair("Exposure", `${result.exposure_id}, ${seconds(result.exposure_seconds)}`),
    pair("Observed", dateTime(result.event_time)),
    pair("RA, Dec", position(result.ra_deg, result.dec_deg)),
    pair("Median S/N", fixed(result.snr, 2)),
    pair("Coverage", percent(result.coverage, 0)),
    pair("Model", `${result.model_name}/${result.model_version}`),
    pair("Result after", seconds((moment(result.emitted_at) - moment(result.ingested_at)) / 1000)),
    pair("Reduction", result.reduction_version),
    pair("Read from", `${result.source_topic}, partition ${result.source_partition}, offset ${result.source_offset}`),
  );
}

/**
 * Class, redshift and whether it is good: the figures to read first. good: by policy and people's words, null while that
 * is not known; word: a person's, or null.
 */
export function verdict(result, good, word) {
  return h(
    "section",
    { class: "headline w12", "aria-label": "Verdict" },
    figure("class", "Class", result.class_label, percent(result.class_probability)),
    figure(
      "z",
      "Redshift",
      redshift(result.z),
      result.z === null ? (result.z_null_reason ?? "not estimated") : `± ${result.z_err.toExponential(1)}`,
    ),
    figure(
      "good",
      "Good",
      good === null ? "–" : good ? "yes" : "no",
      `${goodBy(word)}; the model ${result.good_z ? "accepts" : "does not accept"} its z`,
    ),
    figure("snr", "Median S/N", fixed(result.snr, 1), "per pixel"),
  );
}

function goodBy(word) {
  if (word?.action === "ACCEPT") return `accepted by ${word.by}`;
  if (word?.action === "REJECT") return `rejected by ${word.by}`;
  return "by policy";
}

function figure(name, title, value, detail) {
  return h(
    "div",
    { class: "figure", "data-figure": name },
    h("h2", null, title),
    h("p", { class: "big clip" }, value),
    h("p", { class: "detail" }, detail),
  );
}
