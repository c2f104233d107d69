// Targets: their states over the survey; and one target with its nights, spectra and a person's word on it.

import { get } from "../base/api.js";
import { DataTable, filters, redshiftCell, serverSort } from "../base/datatable.js";
import { h, patch } from "../base/dom.js";
import { count, fixed, seconds } from "../base/format.js";
import { throttled, want } from "../base/live.js";
import { fault } from "../base/panel.js";
import { address, rewrite } from "../base/router.js";
import { TARGET_STATES, targetState } from "../base/words.js";
import { targetDetail } from "../details/target.js";
import { OverrideForm } from "../spectrum/override.js";

const COLUMNS = [
  {
    key: "target",
    title: "Target",
    column: "target_id",
    cell: (t) => h("a", { href: address("targets", t.target_id), class: "mono wrap" }, t.target_id),
  },
  {
    key: "state",
    title: "State",
    column: "state",
    cell: (t) => [
      h("strong", { class: `tstate ${t.state}` }, t.state),
      t.override ? h("span", { class: "amber", title: t.override.reason }, " by a person") : null,
    ],
  },
  { key: "class", title: "Class", column: "class_label", cell: (t) => t.class_label ?? "–" },
  { key: "z", title: "z", num: true, column: "z", cell: (t) => redshiftCell(t.z, t.z_err) },
  { key: "snr", title: "S/N", num: true, aside: true, column: "snr", cell: (t) => fixed(t.snr, 1) },
  {
    key: "more",
    title: "Visits wanted",
    num: true,
    aside: true,
    column: "num_obs_more",
    cell: (t) => count(t.num_obs_more),
  },
  {
    key: "extra",
    title: "Time wanted",
    num: true,
    aside: true,
    column: "extra_seconds",
    cell: (t) => h("span", { title: t.time_null_reason }, seconds(t.extra_seconds)),
  },
  {
    key: "field",
    title: "Field",
    aside: true,
    column: "field_id",
    cell: (t) => (t.field_id ? h("a", { href: address("fields", t.field_id) }, t.field_id) : "–"),
  },
  {
    key: "spectrum",
    title: "Best spectrum",
    aside: true,
    cell: (t) =>
      t.spectrum_id ? h("a", { href: address("spectrum", t.spectrum_id), class: "wrap" }, t.spectrum_id) : "–",
  },
];

const PAGE = 200;
const USUAL = "target";
const ASKED = ["state", "programme", "field", "q", "sort"];

export class TargetsView {
  constructor(root, frame) {
    this.frame = frame;
    this.title = h("h1", null, "Targets");
    this.total = h("p", { class: "muted" });
    this.note = h("div");
    this.bar = h("div", { class: "filterbar" });
    this.detail = h("div", { class: "grid" });
    this.facts = h("div", { class: "w7" });
    this.override = new OverrideForm();
    this.detail.append(this.facts, h("div", { class: "w5" }, this.override.element));
    this.table = new DataTable({
      caption: "Targets",
      columns: COLUMNS,
      rowKey: (target) => target.target_id,
      nothing: "No target matches. Take a filter away to see more.",
      onSort: (sort) => this.#change({ sort }),
    });
    this.more = h("button", { type: "button", onclick: () => this.#readPage() }, "Show more");
    root.append(
      h("div", { class: "head" }, this.title, this.total),
      this.note,
      this.detail,
      this.bar,
      this.table.element,
      this.more,
    );
    this.targets = new Map();
    this.askPaint = throttled(500, () => this.#paint());
    this.shown = false;
  }

  async show(argument, params) {
    want(["night", "yield", "target", "results"]);
    this.shown = true;
    [this.argument, this.params, this.answer] = [argument, params, null];
    document.title = `${argument ? `Target ${argument}` : "Targets"} · Nightglass`;
    this.frame.standing(await this.frame.latestNight());
    this.bar.replaceChildren(filters(definitions(), params, (values) => this.#change(values)));
    for (const element of [this.bar, this.table.element, this.more]) element.hidden = argument !== null;
    this.detail.hidden = argument === null;
    await this.reload();
  }

  hide() {
    this.shown = false;
  }

  async reload() {
    try {
      if (this.argument) {
        this.answer = await get(["targets", this.argument]);
        this.override.set(this.argument, this.answer.state, this.answer.results[0] ?? null);
      } else {
        this.turn = Symbol("what is asked for now");
        this.targets.clear();
        this.next = null;
        await this.#readPage();
      }
      patch(this.note);
    } catch (problem) {
      patch(this.note, fault(problem));
    }
    this.#paint();
  }

  async #readPage() {
    const { state, programme, field, q, sort } = this.params;
    const asked = { state, programme, field, q, ...serverSort(COLUMNS, sort, USUAL), limit: PAGE };
    const turn = this.turn;
    let answer;
    do {
      // A sorted page may be empty though there is another, where few of many targets match.
      answer = await get(["targets"], { ...asked, cursor: this.next });
      if (turn !== this.turn) return;
      this.next = answer.next;
    } while (!answer.items.length && this.next !== null);
    answer.items.forEach((target) => this.targets.set(target.target_id, target));
    this.#paint();
  }

  onEvent(type, data) {
    if (!this.shown) return;
    if (type === "reset") this.reload();
    else if (type === "target" && this.argument === data.target_id && this.answer) {
      this.answer.state = data;
      this.override.set(this.argument, data, this.answer.results[0] ?? null);
      this.askPaint();
    } else if (type === "target" && this.targets.has(data.target_id)) {
      this.targets.set(data.target_id, data);
      this.askPaint();
    }
  }

  #change(values) {
    const before = this.params;
    this.params = { ...before, ...values };
    rewrite("targets", this.argument, this.params);
    if (ASKED.some((key) => (before[key] ?? "") !== (this.params[key] ?? ""))) this.reload();
  }

  #paint() {
    if (!this.shown) return;
    patch(this.title, this.argument ? h("span", { class: "wrap" }, `Target ${this.argument}`) : "Targets");
    if (this.argument) {
      patch(this.total, h("a", { href: address("targets") }, "all targets"));
      patch(this.facts, this.answer ? targetDetail(this.answer) : null);
      return;
    }
    patch(this.total, `${this.next === null ? "all" : "the first"} ${count(this.targets.size)} shown`);
    this.more.hidden = this.next === null;
    this.table.set([...this.targets.values()], this.params.sort ?? USUAL);
  }
}

function definitions() {
  return [
    { name: "q", label: "Name begins with" },
    {
      name: "state",
      label: "State",
      options: [["", "any"], ...TARGET_STATES.map((name) => [name, `${name} – ${targetState(name)}`])],
    },
    { name: "programme", label: "Programme" },
    { name: "field", label: "Field" },
  ];
}
