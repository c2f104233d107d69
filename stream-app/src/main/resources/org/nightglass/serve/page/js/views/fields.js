// Fields: how far each is over all of its nights, sortable and filterable.

import { get } from "../base/api.js";
import { DataTable, filters } from "../base/datatable.js";
import { h, patch } from "../base/dom.js";
import { count, nightName, percent, seconds } from "../base/format.js";
import { throttled, want } from "../base/live.js";
import { fault } from "../base/panel.js";
import { address, rewrite } from "../base/router.js";
import { doneWord, fieldDetail, shareBar } from "../details/field.js";
import { progress } from "../tonight/maps.js";

const MOST_PAGES = 10;

const COLUMNS = [
  {
    key: "field",
    title: "Field",
    by: (f) => f.field_id,
    cell: (f) => h("a", { href: address("fields", f.field_id) }, f.field_id),
  },
  { key: "programme", title: "Programme", aside: true, by: (f) => f.programme, cell: (f) => f.programme ?? "–" },
  { key: "progress", title: "Targets done", num: true, by: progress, cell: (f) => shareBar(progress(f)) },
  { key: "done", title: "Field done", by: (f) => (f.done === null ? null : Number(f.done)), cell: (f) => doneWord(f) },
  {
    key: "observed",
    title: "Observed",
    num: true,
    by: (f) => f.observed,
    cell: (f) => h("span", { class: "nowrap" }, `${count(f.observed)} of ${count(f.assigned)}`),
  },
  { key: "good", title: "Good z", num: true, by: (f) => f.good_z, cell: (f) => count(f.good_z) },
  {
    key: "time",
    title: "Effective time",
    num: true,
    aside: true,
    by: (f) => f.effective_time_fraction,
    cell: (f) => percent(f.effective_time_fraction, 0),
  },
  {
    key: "remaining",
    title: "Remaining",
    num: true,
    by: (f) => f.remaining_seconds,
    cell: (f) => h("span", { title: f.remaining_null_reason }, seconds(f.remaining_seconds)),
  },
  {
    key: "profiting",
    title: "Would profit",
    num: true,
    aside: true,
    by: (f) => f.profiting,
    cell: (f) => h("a", { href: address("targets", null, { field: f.field_id }) }, count(f.profiting)),
  },
  {
    key: "night",
    title: "Latest night",
    aside: true,
    by: (f) => f.night,
    cell: (f) => (f.night ? h("a", { href: address("night", f.night) }, nightName(f.night)) : "–"),
  },
];

const KEYS = ["programme", "night", "done", "q"];

export class FieldsView {
  constructor(root, frame) {
    this.frame = frame;
    this.note = h("div");
    this.title = h("h1", null, "Fields");
    this.total = h("p", { class: "muted" });
    this.bar = h("div", { class: "filterbar" });
    this.detail = h("div");
    this.table = new DataTable({
      caption: "Fields",
      columns: COLUMNS,
      rowKey: (field) => field.field_id,
      nothing: "No field matches. Take a filter away to see more.",
      onSort: (sort) => this.#change({ sort }),
    });
    root.append(
      h("div", { class: "head" }, this.title, this.total),
      this.note,
      this.detail,
      this.bar,
      this.table.element,
    );
    this.fields = new Map();
    this.askPaint = throttled(500, () => this.#paint());
    this.shown = false;
  }

  async show(argument, params) {
    want(["night", "yield", "field"]);
    this.shown = true;
    this.argument = argument;
    this.params = params;
    document.title = `${argument ? `Field ${argument}` : "Fields"} · Nightglass`;
    this.frame.standing(await this.frame.latestNight());
    this.bar.replaceChildren(filters(definitions(), params, (values) => this.#change(values)));
    this.bar.hidden = argument !== null;
    await this.reload();
  }

  hide() {
    this.shown = false;
  }

  async reload() {
    try {
      await (this.argument ? this.#readOne() : this.#readAll());
      patch(this.note);
    } catch (problem) {
      patch(this.note, fault(problem));
    }
    this.#paint();
  }

  async #readOne() {
    this.fields.clear();
    const field = await get(["fields", this.argument]);
    this.fields.set(field.field_id, field);
  }

  async #readAll() {
    const { programme, night, done } = this.params;
    this.fields.clear();
    let cursor = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await get(["fields"], { programme, night, done, limit: 1000, cursor });
      answer.items.forEach((field) => this.fields.set(field.field_id, field));
      cursor = answer.next;
      if (cursor === null) return;
    }
  }

  onEvent(type, data) {
    if (!this.shown) return;
    if (type === "reset") this.reload();
    else if (type === "field" && this.#matches(data)) {
      this.fields.set(data.field_id, data);
      this.askPaint();
    }
  }

  #matches(field) {
    if (this.argument) return field.field_id === this.argument;
    const { programme, night, done } = this.params;
    return (
      (!programme || field.programme === programme) &&
      (!night || field.night === night) &&
      (!done || String(field.done) === done)
    );
  }

  #change(values) {
    this.params = { ...this.params, ...values };
    rewrite("fields", this.argument, this.params);
    const asked = JSON.stringify(KEYS.slice(0, 3).map((key) => this.params[key] ?? ""));
    if (asked === this.asked) this.#paint();
    else this.reload();
    this.asked = asked;
  }

  #paint() {
    if (!this.shown) return;
    const text = (this.params.q ?? "").toLowerCase();
    const rows = [...this.fields.values()].filter((field) => field.field_id.toLowerCase().includes(text));
    const done = rows.filter((field) => field.done === true).length;
    patch(this.title, this.argument ? `Field ${this.argument}` : "Fields");
    patch(
      this.total,
      this.argument
        ? h("a", { href: address("fields") }, "all fields")
        : `${count(rows.length)} shown, ${count(done)} done`,
    );
    const only = this.argument ? this.fields.get(this.argument) : null;
    patch(this.detail, only ? fieldDetail(only) : null);
    this.table.element.hidden = this.argument !== null;
    if (!this.argument) this.table.set(rows, this.params.sort ?? "progress");
  }
}

function definitions() {
  return [
    { name: "q", label: "Name contains" },
    { name: "programme", label: "Programme" },
    { name: "night", label: "Latest night (YYYYMMDD)", width: "short" },
    {
      name: "done",
      label: "Field done",
      options: [
        ["", "any"],
        ["true", "done"],
        ["false", "not done"],
      ],
    },
  ];
}
