// Bars within tables: what a figure is a part of, for eyes only; the figure itself stands beside it.

import { h } from "./dom.js";

/**
 * A bar filled to a share from 0 to 1.
 *
 * options: { kind: another class of the filling, colour: its custom property, tag: "div" or "span" }; over: what is
 * drawn over it.
 */
export function bar(share, { kind = "", colour = null, tag = "div" } = {}, ...over) {
  const width = `${100 * Math.min(1, Math.max(0, share))}%`;
  const style = colour ? { width, background: `var(${colour})` } : { width };
  return h(tag, { class: "track", "aria-hidden": "true" }, h(tag, { class: `fill ${kind}`.trim(), style }), ...over);
}

/** A table with a bar a row. rows: [{ key, title, share, text, kind, colour }]; attribute: carries a row's key. */
export function barTable({ caption, attribute, small = false, rows }) {
  return h(
    "table",
    { class: small ? "funnel small" : "funnel" },
    h("caption", { class: "sr-only" }, caption),
    h(
      "tbody",
      null,
      rows.map(({ key, title, share, text, kind, colour }) =>
        h(
          "tr",
          { [attribute]: key },
          h("th", { scope: "row" }, title),
          h("td", { class: "bars" }, bar(share, { kind, colour })),
          h("td", { class: "num count" }, text),
        ),
      ),
    ),
  );
}
