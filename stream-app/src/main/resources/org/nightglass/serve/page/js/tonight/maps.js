// Where it succeeds: the focal plane by fibre, and the fields on the sky.

import { h, patch } from "../base/dom.js";
import { count, fixed, percent } from "../base/format.js";
import { panel } from "../base/panel.js";
import { address } from "../base/router.js";
import { FocalPlane, petalInWords } from "../charts/focal.js";
import { SkyMap } from "../charts/sky.js";

/** Success by fibre. */
export class FocalPanel {
  constructor() {
    this.panel = panel("focal", "Focal plane: good redshifts by fibre", "w4");
    this.element = this.panel.element;
    this.alarm = h("p", { class: "alarm", role: "status" });
    const host = h("div", { class: "square" });
    this.panel.body.append(host, scaleBar("none good", "all good", true), this.alarm);
    this.map = new FocalPlane(host, (fibre) => this.panel.hint(fibre ? fibreInWords(fibre) : this.#rest()));
  }

  set(fibres) {
    this.fibres = fibres;
    this.map.set(fibres);
    const dead = this.map.sums.filter((sum) => sum.dead);
    patch(this.alarm, dead.length ? `Look at ${dead.map(petalInWords).join("; ")}.` : "\u00a0");
    this.alarm.dataset.dead = dead.map((sum) => sum.petal).join(",");
    this.panel.hint(this.#rest());
    this.panel.table(
      this.map.petals
        ? ["Petal", "Spectra#", "Valid#", "Good#", "Good share#"]
        : ["Fibre", "Spectra#", "Valid#", "Good#", "Median S/N#"],
      this.map.petals
        ? this.map.sums.map((sum) => [
            String(sum.petal),
            count(sum.observed),
            count(sum.valid),
            count(sum.good_z),
            percent(sum.rate),
          ])
        : fibres.map((one) => [
            String(one.fibre),
            count(one.observed),
            count(one.valid),
            count(one.good_z),
            fixed(one.median_snr, 1),
          ]),
    );
  }

  #rest() {
    if (!this.fibres?.length) return "No spectrum of this night yet.";
    const layout = this.map.petals
      ? "500 fibres a petal; a fibre's place within its petal is not drawn true"
      : "fibres by number, from the middle outwards";
    return `${count(this.fibres.length)} fibres; ${layout}. Single spectra, good by the policy of their programme.`;
  }
}

function fibreInWords(one) {
  const sky = one.sky ? `, sky ${count(one.sky)} times (${count(one.sky_accepted)} accepted)` : "";
  return `Fibre ${one.fibre}: ${count(one.good_z)} good of ${count(one.observed)} spectra, median S/N ${fixed(one.median_snr, 1)}${sky}`;
}

/** Fields on the sky by progress. */
export class SkyPanel {
  constructor() {
    this.panel = panel("sky", "Fields on the sky", "w8");
    this.element = this.panel.element;
    const host = h("div", { class: "wide" });
    this.near = h(
      "button",
      { type: "button", class: "quiet", "aria-pressed": "false", onclick: () => this.#toggle() },
      "Close in on the fields",
    );
    this.panel.element.querySelector("header").append(this.near);
    this.panel.body.append(host, scaleBar("nothing yet", "all targets done", false));
    this.map = new SkyMap(host, (field, type) => this.#point(field, type));
  }

  set(fields) {
    this.fields = fields;
    const placed = fields
      .filter((one) => one.ra_deg !== null && one.dec_deg !== null)
      .map((one) => ({
        id: one.field_id,
        ra: one.ra_deg,
        dec: one.dec_deg,
        share: progress(one),
        done: one.done === true,
        record: one,
      }));
    this.map.set(placed, `Sky map: ${this.#rest()}`);
    this.panel.hint(this.#rest());
    this.panel.table(
      ["Field", "RA (deg)#", "Dec (deg)#", "Targets done#", "Good redshift#", "Field done"],
      fields.map((one) => [
        h("a", { href: address("fields", one.field_id) }, one.field_id),
        fixed(one.ra_deg, 2),
        fixed(one.dec_deg, 2),
        percent(progress(one), 0),
        count(one.good_z),
        one.done === null ? "not known" : one.done ? "yes" : "no",
      ]),
    );
  }

  #toggle() {
    const whole = !this.map.whole;
    this.map.showWhole(whole);
    this.near.setAttribute("aria-pressed", String(!whole));
  }

  #rest() {
    if (!this.fields?.length) return "No field has a record yet.";
    const done = this.fields.filter((one) => one.done === true).length;
    return `${count(this.fields.length)} fields, ${count(done)} done (ringed). East is left.`;
  }

  #point(field, type) {
    if (type === "click" && field) location.hash = address("fields", field.id);
    else
      this.panel.hint(
        field
          ? `Field ${field.id}: ${percent(field.share, 0)} of its targets done, ${count(field.record.good_z)} good redshifts`
          : this.#rest(),
      );
  }
}

/** Share of a field's targets that want nothing more. */
export function progress(field) {
  return field.targeted ? field.targets_done / field.targeted : 0;
}

function scaleBar(low, high, withNone) {
  return h(
    "div",
    { class: "scale", "aria-hidden": "true" },
    withNone ? h("span", { class: "swatch none" }) : null,
    h("span", null, low),
    h("span", { class: "ramp" }),
    h("span", null, high),
  );
}
