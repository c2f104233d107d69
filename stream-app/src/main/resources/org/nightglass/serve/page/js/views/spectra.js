// The night's spectra, the latest first: the way to a single one.

import { get } from "../base/api.js";
import { DataTable, filters, redshiftCell, serverSort } from "../base/datatable.js";
import { h, patch } from "../base/dom.js";
import { clock, count, fixed, nightName } from "../base/format.js";
import { throttled, want } from "../base/live.js";
import { fault } from "../base/panel.js";
import { address, rewrite } from "../base/router.js";
import { plain, warning } from "../base/words.js";

const PAGE = 100;
const REFRESH_MS = 2000;
const USUAL = "-emitted"; // as the server has it
const ASKED = [
  "night",
  "q",
  "class",
  "good",
  "warning",
  "field",
  "programme",
  "kind",
  "snr_min",
  "snr_max",
  "z_min",
  "z_max",
  "fibre",
];

const COLUMNS = [
  { key: "emitted", title: "Result at", aside: true, column: "emitted_at", cell: time },
  {
    key: "spectrum",
    title: "Spectrum",
    column: "spectrum_id",
    cell: (r) => h("a", { href: address("spectrum", r.spectrum_id), class: "wrap" }, r.spectrum_id),
  },
  { key: "class", title: "Class", column: "class_label", cell: (r) => r.class_label },
  { key: "z", title: "z", num: true, column: "z", cell: (r) => redshiftCell(r.z, r.z_err) },
  {
    key: "good",
    title: "Good",
    column: "good",
    cell: (r) => (r.good ? h("strong", { class: "done" }, "✓") : "no"),
  },
  { key: "snr", title: "S/N", num: true, column: "snr", cell: (r) => fixed(r.snr, 1) },
  { key: "fibre", title: "Fibre", num: true, aside: true, column: "fibre", cell: (r) => String(r.fibre) },
  {
    key: "field",
    title: "Field",
    aside: true,
    column: "field_id",
    cell: (r) => h("a", { href: address("fields", r.field_id) }, r.field_id),
  },
  { key: "programme", title: "Programme", aside: true, column: "programme", cell: (r) => r.programme },
  {
    key: "warnings",
    title: "Warnings",
    aside: true,
    column: "warnings",
    cell: (r) => h("span", { class: "small" }, r.warnings.map(plain).join(", ")),
  },
];

function time(row) {
  return h("span", { class: "nowrap" }, clock(row.emitted_at));
}

export class SpectraView {
  constructor(root, frame) {
    this.frame = frame;
    this.title = h("h1", null, "Spectra");
    this.total = h("p", { class: "muted" });
    this.note = h("div");
    this.bar = h("div", { class: "filterbar" });
    this.table = new DataTable({
      caption: "Spectra of the night",
      columns: COLUMNS,
      rowKey: (row) => row.spectrum_id,
      nothing: "No spectrum matches.",
      onSort: (sort) => this.#change({ sort }),
    });
    this.more = h("button", { type: "button", onclick: () => this.#read(this.next) }, "Show more");
    root.append(
      h("div", { class: "head" }, this.title, this.total),
      this.note,
      this.bar,
      this.table.element,
      this.more,
    );
    this.askFirst = throttled(REFRESH_MS, () => this.shown && this.pages === 1 && this.#read(null));
    this.shown = false;
  }

  async show(argument, params) {
    want(["night", "yield", "results"]);
    this.shown = true;
    this.params = params;
    document.title = "Spectra · Nightglass";
    this.bar.replaceChildren(filters(definitions(), params, (values) => this.#change(values)));
    await this.reload();
  }

  hide() {
    this.shown = false;
  }

  async reload() {
    this.night = this.params.night || (await this.frame.latestNight());
    this.frame.standing(this.night);
    await this.#read(null);
  }

  async #read(cursor) {
    if (!this.night) return;
    const { night, sort, ...query } = this.params;
    const turn = (this.turn = Symbol("what is asked for now"));
    try {
      const asked = { ...pick(query), ...serverSort(COLUMNS, sort, USUAL) };
      const answer = await get(["nights", this.night, "results"], { ...asked, limit: PAGE, cursor });
      if (turn !== this.turn) return;
      this.rows = cursor === null ? answer.items : [...this.rows, ...answer.items];
      this.pages = cursor === null ? 1 : this.pages + 1;
      [this.next, this.matched] = [answer.next, answer.matched];
      patch(this.note);
    } catch (problem) {
      if (turn !== this.turn) return;
      patch(this.note, fault(problem));
      this.rows ??= [];
    }
    this.#paint();
  }

  onEvent(type, data) {
    if (!this.shown) return;
    if (type === "reset" || (!this.night && data.night)) this.reload();
    else if (type === "results" && data.night === this.night) this.askFirst();
  }

  #change(values) {
    const before = this.params;
    this.params = { ...before, ...values };
    rewrite("spectra", null, this.params);
    if (["sort", ...ASKED].some((key) => (before[key] ?? "") !== (this.params[key] ?? ""))) this.reload();
  }

  #paint() {
    if (!this.shown) return;
    patch(this.title, `Spectra of ${nightName(this.night)}`);
    patch(this.total, `${count(this.rows.length)} of ${count(this.matched)} shown`);
    this.more.hidden = !this.next;
    this.table.set(this.rows, this.params.sort ?? USUAL);
  }
}

const pick = (query) => Object.fromEntries(Object.entries(query).filter(([key]) => ASKED.includes(key)));

const WARNING_NAMES = [
  "NO_DATA",
  "LITTLE_COVERAGE",
  "LOW_SNR",
  "CLASS_UNCERTAIN",
  "ENSEMBLE_SPREAD",
  "Z_OUT_OF_RANGE",
  "OUT_OF_DISTRIBUTION",
  "BAD_CALIBRATION",
  "INCOMPATIBLE_WITH_TARGET_TYPE",
  "Z_NOT_ESTIMATED",
  "Z_AMBIGUOUS",
  "NIGHT_MISMATCH",
];

function definitions() {
  const any = ["", "any"];
  return [
    { name: "q", label: "Name contains" },
    { name: "class", label: "Class", width: "short" },
    { name: "good", label: "Good redshift", options: [any, ["true", "yes"], ["false", "no"]] },
    { name: "warning", label: "Warning", options: [any, ...WARNING_NAMES.map((name) => [name, warning(name)])] },
    { name: "kind", label: "Kind", options: [any, ["TARGET", "target"], ["SKY", "sky"], ["STANDARD", "standard"]] },
    { name: "field", label: "Field", width: "short" },
    { name: "fibre", label: "Fibre", type: "number", width: "short" },
    { name: "snr_min", label: "S/N from", type: "number", width: "short" },
    { name: "z_min", label: "z from", type: "number", width: "short" },
    { name: "z_max", label: "z to", type: "number", width: "short" },
  ];
}
