// Plots over a continuous axis, drawn by uPlot in the colours of the current theme.

import uPlot from "../../lib/uPlot.esm.js";
import { token } from "../base/dom.js";
import { onTheme } from "../base/theme.js";

const FONT = '12px system-ui, "DejaVu Sans", sans-serif';

/**
 * A plot that keeps to the width of its host and is made anew when the theme changes.
 *
 * options: { height, x, y, series, bands, draw, readout, cursor } with
 * x, y: { label, time, range, values, log }
 * series: [{ label, colour (a custom property), width, dash, fill, path: "line" | "step" | "bars" | "none", points, gaps: whether null breaks it }]
 * draw: functions (u) that draw over the plot; readout: (u, index or null) when the cursor moves
 */
export class Plot {
  constructor(host, options) {
    this.host = host;
    this.options = options;
    this.data = [[], ...options.series.map(() => [])];
    this.#build();
    new ResizeObserver(() => this.#resize()).observe(host);
    onTheme(() => {
      if (!host.isConnected) return;
      this.u.destroy();
      this.#build();
    });
  }

  /** New data: x and one array a series, null where there is none. */
  set(data) {
    this.data = data;
    this.u.setData(data);
  }

  /** Draws again what draws over the plot. */
  redraw() {
    this.u.redraw(false);
  }

  #build() {
    this.u = new uPlot(this.#uplotOptions(), this.data, this.host);
    this.options.ready?.(this.u);
  }

  #resize() {
    const width = this.#width();
    if (width !== this.u.width) this.u.setSize({ width, height: this.options.height });
  }

  #width() {
    return Math.max(200, Math.floor(this.host.clientWidth));
  }

  #uplotOptions() {
    const { height, x, y, series, bands, draw = [], readout, cursor } = this.options;
    return {
      width: this.#width(),
      height,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      legend: { show: false },
      padding: [10, 22, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, ...cursor },
      scales: {
        x: { time: x.time ?? false, range: x.range, distr: x.log ? 3 : 1 },
        y: { range: y.range, distr: y.log ? 3 : 1 },
      },
      axes: [axis(x, x.time ? 44 : 34), { ...axis(y, 52), size: y.size ?? 52 }],
      series: [{}, ...series.map(seriesOptions)],
      bands: (bands ?? []).map(({ pair, colour, alpha }) => ({ series: pair, fill: fade(token(colour), alpha) })),
      hooks: {
        draw: draw.map((one) => (u) => clipped(u, one)),
        setCursor: readout ? [(u) => readout(u, u.cursor.idx ?? null)] : [],
      },
    };
  }
}

const MINUTES_AND_UP = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400].map(
  (minutes) => 60 * minutes,
);

/** Ticks of a time axis: hours and minutes UT, the date where the axis begins and a day does. */
function times(u, ticks) {
  return ticks.map((tick, i) => {
    const text = new Date(tick * 1000).toISOString();
    return i === 0 || text.endsWith("T00:00:00.000Z")
      ? `${text.slice(11, 16)}\n${text.slice(5, 10)}`
      : text.slice(11, 16);
  });
}

function axis({ label, time, log, values, space, splits }, size) {
  return {
    label,
    labelSize: label ? 18 : 0,
    labelFont: FONT,
    labelGap: 0,
    font: FONT,
    size,
    gap: 4,
    space: space ?? 56,
    splits,
    stroke: token("--muted"),
    grid: { stroke: token("--grid"), width: 1 },
    ticks: { stroke: token("--line"), width: 1, size: 4 },
    values: values ?? (time ? times : undefined),
    incrs: time ? MINUTES_AND_UP : undefined,
    filter: log ? (u, all) => all : undefined,
  };
}

function seriesOptions({ label, colour, width = 2, dash, fill, path = "line", points = false, gaps = true }) {
  const paths = {
    line: undefined,
    step: uPlot.paths.stepped({ align: 1 }),
    bars: uPlot.paths.bars({ size: [0.92, 80] }),
    none: () => null,
  }[path];
  return {
    label,
    stroke: token(colour),
    width,
    dash,
    fill: fill ? fade(token(colour), fill) : undefined,
    paths,
    points: { show: points, size: 7, fill: token(colour), stroke: token(colour) },
    spanGaps: !gaps,
  };
}

function clipped(u, draw) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(u, ctx);
  ctx.restore();
}

/** A colour (#rrggbb) made transparent. */
export function fade(colour, alpha) {
  return `${colour}${Math.round(255 * alpha)
    .toString(16)
    .padStart(2, "0")}`;
}

/** Error bars of a series: (x, low, high) triples on the given scale. */
export function errorBars(points, colour) {
  return (u, ctx) => {
    ctx.strokeStyle = token(colour);
    ctx.lineWidth = 2 * devicePixelRatio;
    const cap = 4 * devicePixelRatio;
    for (const [x, low, high] of points()) {
      const px = u.valToPos(x, "x", true);
      const [top, bottom] = [u.valToPos(high, "y", true), u.valToPos(low, "y", true)];
      ctx.beginPath();
      ctx.moveTo(px, top);
      ctx.lineTo(px, bottom);
      ctx.moveTo(px - cap, top);
      ctx.lineTo(px + cap, top);
      ctx.moveTo(px - cap, bottom);
      ctx.lineTo(px + cap, bottom);
      ctx.stroke();
    }
  };
}
