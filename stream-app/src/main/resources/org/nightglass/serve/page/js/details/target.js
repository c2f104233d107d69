// One target: its standing, its nights and its spectra.

import { h } from "../base/dom.js";
import { count, dateTime, fixed, nightName, percent, position, redshift, seconds } from "../base/format.js";
import { simpleTable } from "../base/panel.js";
import { address } from "../base/router.js";
import { plain, targetState, warning } from "../base/words.js";

/** What is known of a target: the API's answer on it. */
export function targetDetail({ state, results }) {
  return h(
    "div",
    { class: "stack" },
    state
      ? standing(state)
      : h(
          "section",
          { class: "panel" },
          h("p", null, "The account does not know this target yet; its spectra stand below."),
        ),
    state?.nights.length ? nights(state) : null,
    h(
      "section",
      { class: "panel", "aria-label": "Spectra" },
      h("h2", null, `Spectra (${count(results.length)})`),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "group", "aria-label": "Spectra of the target" },
        simpleTable(
          ["Spectrum", "Observed", "Class", "z#", "S/N#", "Good"],
          results.map((row) => [
            h("a", { href: address("spectrum", row.spectrum_id) }, row.spectrum_id),
            dateTime(row.observed_at),
            row.class_label,
            redshift(row.z, row.z_err),
            fixed(row.snr, 1),
            row.good ? "✓" : "no",
          ]),
        ),
      ),
    ),
  );
}

function standing(state) {
  const pair = (name, value) => h("div", null, h("dt", null, name), h("dd", null, value));
  return h(
    "section",
    { class: "panel", "aria-label": "Standing" },
    h(
      "p",
      { class: "medium", "data-target-state": state.state },
      h("strong", { class: `tstate ${state.state}` }, state.state),
      targetState(state.state) === state.state.toLowerCase() ? null : ` ${targetState(state.state)}`,
    ),
    state.override
      ? h(
          "p",
          { class: "word", "data-override": state.override.action },
          `${plain(state.override.action)} by ${state.override.by}, ${dateTime(state.override.at)}: “${state.override.reason}”`,
        )
      : null,
    h(
      "dl",
      { class: "facts" },
      pair("Class", state.class_label ? `${state.class_label} (${percent(state.class_probability, 0)})` : "–"),
      pair("Redshift", redshift(state.z, state.z_err)),
      pair("Good redshift", state.good_z ? "yes" : "no"),
      pair("Selected as", state.selected_as ?? "not known"),
      pair("Programme", state.programme ?? "–"),
      pair("Field", state.field_id ? h("a", { href: address("fields", state.field_id) }, state.field_id) : "–"),
      pair("RA, Dec", position(state.ra_deg, state.dec_deg)),
      pair("Visits", `${count(state.num_obs)} so far, ${count(state.num_obs_more)} more wanted`),
      pair(
        "Time wanted",
        state.extra_seconds === null ? (state.time_null_reason ?? "–") : seconds(state.extra_seconds),
      ),
      pair("Policy", state.policy),
      pair("Revision", count(state.revision)),
    ),
    state.why_not_good.length
      ? h(
          "div",
          null,
          h("h3", null, "Why not good"),
          h(
            "ul",
            null,
            state.why_not_good.map((one) => h("li", null, one)),
          ),
        )
      : null,
    state.warnings.length
      ? h(
          "div",
          null,
          h("h3", null, "Warnings"),
          h(
            "ul",
            null,
            state.warnings.map((name) => h("li", null, warning(name))),
          ),
        )
      : null,
  );
}

function nights(state) {
  return h(
    "section",
    { class: "panel", "aria-label": "Nights" },
    h("h2", null, "Nights"),
    simpleTable(
      ["Night", "Field", "Outcome", "Spectra#"],
      state.nights.map((one) => [
        h("a", { href: address("night", one.night) }, nightName(one.night)),
        one.field_id ?? "–",
        plain(one.outcome),
        count(one.spectra),
      ]),
    ),
  );
}
