// A table that sorts by its headings. Sorting and filters live in the address, so that what one sees can be passed on.

import { h, patch } from "./dom.js";
import { redshiftParts } from "./format.js";
import { empty } from "./panel.js";

/**
 * columns: [{ key, title, num, aside (left out on narrow screens), cell(row), by(row): what is sorted by; or, where the
 * server sorts, column: its name for that; neither: not sorted by }]
 * sort: "key" or "-key" for descending; onSort(sort) when a heading is chosen.
 */
export class DataTable {
  constructor({ caption, columns, rowKey, onSort, nothing }) {
    Object.assign(this, { caption, columns, rowKey, onSort, nothing });
    this.element = h("div", { class: "scroll rows", tabindex: "0", role: "group", "aria-label": caption });
  }

  set(rows, sort) {
    if (!rows.length) {
      patch(this.element, empty(this.nothing));
      return;
    }
    const sorted = this.columns.some((column) => column.by) ? sortRows(rows, this.columns, sort) : rows;
    patch(
      this.element,
      h(
        "table",
        null,
        h("caption", { class: "sr-only" }, this.caption),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            this.columns.map((column) => this.#heading(column, sort)),
          ),
        ),
        h(
          "tbody",
          null,
          sorted.map((row) => this.#row(row)),
        ),
      ),
    );
  }

  #heading(column, sort) {
    const [chosen, falling] = [sort.replace(/^-/, "") === column.key, sort.startsWith("-")];
    const next = chosen && !falling ? `-${column.key}` : column.key;
    if (!column.by && !column.column) return h("th", { scope: "col", class: classes(column) }, column.title);
    return h(
      "th",
      { scope: "col", class: classes(column), "aria-sort": chosen ? (falling ? "descending" : "ascending") : null },
      h(
        "button",
        { type: "button", onclick: () => this.onSort(next) },
        column.title,
        h("span", { "aria-hidden": "true" }, chosen ? (falling ? " ▾" : " ▴") : ""),
      ),
    );
  }

  #row(row) {
    const key = this.rowKey(row);
    return h(
      "tr",
      { "data-key": key, "data-row": key },
      this.columns.map((column) => h("td", { class: classes(column) }, column.cell(row))),
    );
  }
}

function classes({ num, aside }) {
  return [num && "num", aside && "aside"].filter(Boolean).join(" ") || null;
}

/** What the server is asked for, so that it sorts: { sort, order }; nothing where it does so by itself. */
export function serverSort(columns, sort, usual) {
  const column = columns.find((one) => one.key === sort?.replace(/^-/, ""))?.column;
  return !column || sort === usual ? {} : { sort: column, order: sort.startsWith("-") ? "desc" : "asc" };
}

/** A redshift in a cell: its error is left out on narrow screens. */
export function redshiftCell(z, error) {
  const [value, spread] = redshiftParts(z, error);
  return h("span", { class: "nowrap" }, value, spread ? h("span", { class: "aside" }, ` ± ${spread}`) : null);
}

/** Rows in order; what has no value comes last either way. */
export function sortRows(rows, columns, sort) {
  const column = columns.find((one) => one.key === sort.replace(/^-/, "")) ?? columns[0];
  const sign = sort.startsWith("-") ? -1 : 1;
  const none = (value) => value === null || value === undefined;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.by(a), column.by(b)];
    if (none(x) || none(y)) return none(x) - none(y);
    return sign * (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true }));
  });
}

/** A row of filters: [{ name, label, type: "text" | "number" | options as [value, text] pairs }]; onChange(values). */
export function filters(definitions, values, onChange) {
  const form = h("form", { class: "filters", role: "search" });
  const changed = () =>
    onChange(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()])));
  form.onsubmit = (event) => {
    event.preventDefault();
    changed();
  };
  form.onchange = changed;
  form.append(
    ...definitions.map(({ name, label, options, type = "text", width = null }) =>
      h(
        "label",
        { class: "field" },
        label,
        options
          ? h(
              "select",
              { name, value: values[name] ?? "" },
              options.map(([value, text]) => h("option", { value }, text)),
            )
          : h("input", {
              name,
              type,
              step: "any",
              value: values[name] ?? "",
              class: width,
              autocomplete: "off",
              spellcheck: "false",
            }),
      ),
    ),
  );
  return form;
}
