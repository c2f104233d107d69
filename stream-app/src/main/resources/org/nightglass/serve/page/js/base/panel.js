// The panels that views are made of: a heading, what they show, a line of explanation, and the figures as a table.

import { h, patch } from "./dom.js";

/**
 * A panel. Returns { element, body, hint(text or nodes), table(head, rows) }: table() keeps the figures behind a plot,
 * drawn up only while its fold is open.
 */
export function panel(id, title, width) {
  const body = h("div", { class: "body" });
  const hint = h("p", { class: "hint" });
  const element = h(
    "section",
    { class: `panel ${width}`, id: `panel-${id}`, "aria-labelledby": `title-${id}` },
    h("header", null, h("h2", { id: `title-${id}` }, title)),
    body,
    hint,
  );
  return { element, body, hint: (...content) => patch(hint, ...content), table: tableBehind(element, title) };
}

function tableBehind(element, title) {
  let figures = null;
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": `${title}: figures` });
  const fold = h("details", { class: "table" }, h("summary", null, "Figures as a table"), scroll);
  const fill = () => fold.open && figures && patch(scroll, simpleTable(...figures));
  fold.ontoggle = fill;
  return (head, rows) => {
    if (!figures) element.append(fold);
    figures = [head, rows];
    fill();
  };
}

/** A table's heading: a name that ends in "#" heads a column of numbers, one in "?" is left out on narrow screens. */
export function tableHead(names) {
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      names.map((name) => h("th", { scope: "col", class: columnClass(name) }, name.replace(/[#?]+$/, ""))),
    ),
  );
}

/** The class of a column's cells, by its name as in tableHead. */
export function columnClass(name) {
  const marks = name.match(/[#?]*$/)[0];
  return [marks.includes("#") && "num", marks.includes("?") && "aside"].filter(Boolean).join(" ") || null;
}

/** A plain table under such a heading. */
export function simpleTable(names, rows) {
  const row = (cells) =>
    h(
      "tr",
      null,
      cells.map((cell, i) => h("td", { class: columnClass(names[i]) }, cell)),
    );
  return h("table", null, tableHead(names), h("tbody", null, rows.map(row)));
}

/** What stands where figures would, while there are none. */
export function empty(text) {
  return h("p", { class: "empty" }, text);
}

/** An error of the API in plain words. */
export function fault(problem) {
  const detail = problem.detail && problem.detail !== problem.title ? problem.detail : null;
  return h(
    "div",
    { class: "fault", role: "alert" },
    h("h2", null, problem.title ?? "Something went wrong"),
    detail && h("p", null, detail),
  );
}

/** A legend of coloured marks: [{ colour: custom property, text, dash }]. */
export function legend(entries) {
  return h(
    "ul",
    { class: "legend" },
    entries.map(({ colour, text, dash }) =>
      h(
        "li",
        null,
        h("span", { class: dash ? "mark dash" : "mark", "aria-hidden": "true", style: { "--mark": `var(${colour})` } }),
        text,
      ),
    ),
  );
}
