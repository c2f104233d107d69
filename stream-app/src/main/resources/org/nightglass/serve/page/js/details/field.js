// One field: how far it is, and how far that is shown as a bar.

import { bar } from "../base/bars.js";
import { h } from "../base/dom.js";
import { count, fixed, nightName, percent, seconds } from "../base/format.js";
import { address } from "../base/router.js";
import { progress } from "../tonight/maps.js";

/** A share as a bar and in percent. */
export function shareBar(share) {
  return h("span", { class: "inbar" }, bar(share, { tag: "span" }), percent(share, 0));
}

/** Whether a field is done, in a word. */
export function doneWord(field) {
  if (field.done === null) return h("span", { class: "muted", title: field.done_null_reason }, "not known");
  return field.done ? h("strong", { class: "done" }, "✓ done") : "no";
}

/** A field's progress, whole. */
export function fieldDetail(field) {
  const pair = (name, value) => h("div", null, h("dt", null, name), h("dd", null, value));
  const named = field.profiting_targets.slice(0, 24);
  return h(
    "section",
    { class: "panel", "aria-label": `Field ${field.field_id}` },
    h(
      "dl",
      { class: "facts" },
      pair("Programme", field.programme ?? "–"),
      pair("Field done", doneWord(field)),
      pair("Targets done", shareBar(progress(field))),
      pair("Observed", `${count(field.observed)} of ${count(field.assigned)} assigned`),
      pair("Valid", count(field.valid)),
      pair("Good redshift", count(field.good_z)),
      pair("Exposures", `${count(field.exposures)}, ${seconds(field.exposed_seconds)} in all`),
      pair(
        "Effective time",
        percent(field.effective_time_fraction, 0) +
          (field.effective_seconds === null ? "" : `, ${seconds(field.effective_seconds)}`),
      ),
      pair(
        "Remaining",
        field.remaining_seconds === null
          ? (field.remaining_null_reason ?? "–")
          : `${seconds(field.remaining_seconds)}, ${count(field.remaining_exposures)} exposures`,
      ),
      pair("Latest night", field.night ? h("a", { href: address("night", field.night) }, nightName(field.night)) : "–"),
      pair("Centre, RA and Dec", `${fixed(field.ra_deg, 3)}, ${fixed(field.dec_deg, 3)}`),
      pair("Models", field.models.join(", ") || "–"),
    ),
    h(
      "p",
      null,
      `${count(field.profiting)} observed targets would profit from another exposure`,
      named.length ? ": " : ". ",
      named.flatMap((name, i) => [i ? ", " : "", h("a", { href: address("targets", name) }, name)]),
      field.profiting > named.length && named.length
        ? h(
            "span",
            null,
            " … ",
            h("a", { href: address("targets", null, { field: field.field_id }) }, "all of the field's targets"),
          )
        : null,
    ),
  );
}
