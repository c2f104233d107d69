// Nights: a calendar coloured by completeness, and two nights beside each other.

import { get } from "../base/api.js";
import { h, patch } from "../base/dom.js";
import { count, interval, nightName, percent } from "../base/format.js";
import { throttled, want } from "../base/live.js";
import { empty, fault } from "../base/panel.js";
import { address, rewrite } from "../base/router.js";
import { scaleStyle } from "../charts/colour.js";
import { onTheme } from "../base/theme.js";
import { STEPS } from "../tonight/funnel.js";
import { quantile, ratio } from "../tonight/headline.js";

const MOST_PAGES = 4;
const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const RATIOS = [
  ["redshift_completeness", "Redshift completeness"],
  ["observation_completeness", "Observation completeness"],
  ["valid_fraction", "Valid of observed"],
  ["success_rate", "Success rate"],
  ["sky_false_positive_rate", "Sky fibres accepted"],
];

export class NightsView {
  constructor(root, frame) {
    this.frame = frame;
    this.note = h("div");
    this.total = h("p", { class: "muted" });
    this.chooser = h("form", {
      class: "filters",
      "aria-label": "Compare two nights",
      onsubmit: (event) => event.preventDefault(),
    });
    this.comparison = h("div");
    this.calendar = h("div", { class: "calendar" });
    root.append(
      h("div", { class: "head" }, h("h1", null, "Nights"), this.total),
      this.note,
      this.calendar,
      h(
        "section",
        { class: "panel", "aria-labelledby": "title-compare" },
        h("h2", { id: "title-compare" }, "Two nights beside each other"),
        this.chooser,
        this.comparison,
      ),
    );
    this.nights = new Map();
    this.askReload = throttled(5000, () => this.shown && this.reload());
    onTheme(() => this.shown && this.#paint());
  }

  async show(argument, params) {
    want(["night", "yield"]);
    this.shown = true;
    document.title = "Nights · Nightglass";
    this.pair = (params.compare ?? "").split(",").filter(Boolean).slice(0, 2);
    this.frame.standing(await this.frame.latestNight());
    await this.reload();
  }

  hide() {
    this.shown = false;
  }

  async reload() {
    try {
      let cursor = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await get(["nights"], { limit: 1000, cursor });
        answer.items.forEach((item) => this.nights.set(item.night, item));
        cursor = answer.next;
        if (cursor === null) break;
      }
      patch(this.note);
    } catch (problem) {
      patch(this.note, fault(problem));
    }
    this.#paint();
    await this.#compare();
  }

  onEvent(type, data) {
    if (!this.shown) return;
    if (type === "reset" || type === "night" || (type === "yield" && data.programme === null && data.field_id === null))
      this.askReload();
  }

  #paint() {
    const names = [...this.nights.keys()].sort();
    patch(
      this.total,
      names.length
        ? `${count(names.length)} ${names.length === 1 ? "night" : "nights"}, ${nightName(names[0])} to ${nightName(names.at(-1))}`
        : "",
    );
    const months = monthsBetween(names).reverse();
    patch(this.calendar, months.length ? months.map((month) => this.#month(month)) : empty("No night is known yet."));
    const option = (name) => h("option", { value: name }, nightName(name));
    const select = (place, label) =>
      h(
        "label",
        { class: "field" },
        label,
        h(
          "select",
          { onchange: (event) => this.#choose(place, event.target.value), value: this.pair[place] ?? "" },
          h("option", { value: "" }, "choose a night"),
          [...names].reverse().map(option),
        ),
      );
    patch(this.chooser, select(0, "One night"), select(1, "The other"));
  }

  #month({ year, month }) {
    const first = new Date(Date.UTC(year, month, 1));
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const blanks = (first.getUTCDay() + 6) % 7;
    const name = first.toLocaleString("en", { month: "long", year: "numeric", timeZone: "UTC" });
    return h(
      "section",
      { class: "panel month", "aria-label": name, "data-key": `${year}-${month}` },
      h("h2", null, name),
      h(
        "div",
        { class: "days" },
        WEEKDAYS.map((day) => h("span", { class: "weekday", "aria-hidden": "true" }, day)),
        Array.from({ length: blanks }, () => h("span")),
        Array.from({ length: days }, (_, i) =>
          this.#day(`${year}${String(month + 1).padStart(2, "0")}${String(i + 1).padStart(2, "0")}`, i + 1),
        ),
      ),
    );
  }

  #day(night, day) {
    const item = this.nights.get(night);
    if (!item) return h("span", { class: "day none" }, String(day));
    const complete = ratio(item.funnel, "redshift_completeness")?.value ?? null;
    const state = item.status?.state ?? "UNKNOWN";
    const words = `${nightName(night)}: ${complete === null ? "no completeness" : `${percent(complete, 0)} complete`}, ${state.toLowerCase()}`;
    return h(
      "a",
      { class: `day ${state}`, href: address("night", night), title: words, "aria-label": words, "data-night": night },
      h("span", { class: "date" }, String(day)),
      h("span", { class: "ink" }, complete === null ? "–" : percent(complete, 0).replace(" %", "")),
      h("span", {
        class: "level",
        "aria-hidden": "true",
        style: { height: `${100 * (complete ?? 0)}%`, background: scaleStyle(complete ?? 0) },
      }),
    );
  }

  #choose(place, night) {
    this.pair[place] = night;
    rewrite("nights", null, { compare: this.pair.filter(Boolean).join(",") });
    this.#compare();
  }

  async #compare() {
    const pair = [...this.pair];
    if (pair.filter(Boolean).length < 2) {
      patch(this.comparison, empty("Choose two nights to see their funnels side by side."));
      return;
    }
    try {
      const answers = await Promise.all(pair.map((night) => get(["nights", night])));
      if (String(pair) === String(this.pair)) patch(this.comparison, comparison(answers));
    } catch (problem) {
      patch(this.comparison, fault(problem));
    }
  }
}

function comparison(answers) {
  const [one, other] = answers;
  const row = (key, title, cells, difference) =>
    h(
      "tr",
      { "data-compare": key },
      h("th", { scope: "row" }, title),
      cells.map((cell) => h("td", { class: "num" }, cell)),
      h("td", { class: "num" }, difference),
    );
  const yields = answers.map((answer) => answer.yield);
  const head = answers.map((answer) =>
    h(
      "th",
      { scope: "col", class: "num" },
      h("a", { href: address("night", answer.night) }, nightName(answer.night)),
      " ",
      h("span", { class: "muted" }, `${answer.account?.state ?? "UNKNOWN"} revision ${count(answer.yield?.revision)}`),
    ),
  );
  return h(
    "div",
    {
      class: "scroll",
      tabindex: "0",
      role: "group",
      "aria-label": `${nightName(one.night)} and ${nightName(other.night)} compared`,
    },
    h(
      "table",
      { class: "compare" },
      h(
        "thead",
        null,
        h("tr", null, h("th", { scope: "col" }, "Figure"), head, h("th", { scope: "col", class: "num" }, "Difference")),
      ),
      h(
        "tbody",
        null,
        STEPS.map(([key, title]) =>
          row(
            key,
            title,
            yields.map((each) => count(each?.[key])),
            signed(minus(yields[1]?.[key], yields[0]?.[key]), count),
          ),
        ),
        RATIOS.map(([name, title]) => {
          const [a, b] = yields.map((each) => ratio(each, name));
          return row(name, title, [a, b].map(ratioCell), ratioDifference(a, b));
        }),
        row(
          "processing_latency",
          "Latency from the broker, median",
          yields.map((each) => quantile(each, "processing_latency", "p50")),
          "",
        ),
        row(
          "rejected_events",
          "Rejected",
          yields.map((each) => count(each?.rejected_events)),
          signed(minus(yields[1]?.rejected_events, yields[0]?.rejected_events), count),
        ),
      ),
    ),
  );
}

function ratioCell(one) {
  return one && one.value !== null
    ? [h("strong", null, percent(one.value)), " ", h("span", { class: "muted nowrap" }, interval(one.low, one.high))]
    : "–";
}

// In points of a hundred, and whether the two intervals leave room for chance.
function ratioDifference(a, b) {
  if (!a || !b || a.value === null || b.value === null) return "–";
  const apart = a.high < b.low || b.high < a.low;
  const points = `${b.value >= a.value ? "+" : "−"}${Math.abs(100 * (b.value - a.value)).toFixed(1)} pt`;
  return apart
    ? h("strong", { title: "The 68 % intervals do not overlap." }, points, " ≠")
    : h("span", { class: "muted", title: "The 68 % intervals overlap." }, points);
}

const minus = (a, b) => (a === null || a === undefined || b === null || b === undefined ? null : a - b);

function signed(value, format) {
  if (value === null) return "–";
  return value === 0 ? "0" : `${value > 0 ? "+" : "−"}${format(Math.abs(value))}`;
}

function monthsBetween(names) {
  if (!names.length) return [];
  const of = (name) => [Number(name.slice(0, 4)), Number(name.slice(4, 6)) - 1];
  const seen = new Set(names.map((name) => name.slice(0, 6)));
  return [...seen].sort().map((key) => ({ year: of(key)[0], month: of(key)[1] }));
}
