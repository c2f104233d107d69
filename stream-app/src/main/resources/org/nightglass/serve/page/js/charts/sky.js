// Fields on the sky, coloured by progress. The whole sky in Mollweide's equal-area projection (Snyder 1987, USGS
// Professional Paper 1395, p. 249), east to the left; or only where the fields are, when they stand close together.

import { token } from "../base/dom.js";
import { sharpCanvas } from "./canvas.js";
import { scaleTable } from "./colour.js";

const RAD = Math.PI / 180;
const MARGIN = 14;

/** Mollweide: x in -2..2 (east to the left), y in -1..1, for degrees; the middle of the map is at centreDeg. */
export function mollweide(raDeg, decDeg, centreDeg = 180) {
  const phi = decDeg * RAD;
  let theta = phi;
  for (let i = 0; i < 12 && Math.abs(phi) < Math.PI / 2 - 1e-9; i++) {
    const step = (2 * theta + Math.sin(2 * theta) - Math.PI * Math.sin(phi)) / (2 + 2 * Math.cos(2 * theta));
    theta -= step;
    if (Math.abs(step) < 1e-10) break;
  }
  const lambda = wrap(raDeg - centreDeg) * RAD;
  return [(-2 / Math.PI) * lambda * Math.cos(theta), Math.sin(theta)];
}

const wrap = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** A window round all fields: { ra, dec, half } in degrees; null where they span more than a third of the sky. */
export function window(fields) {
  if (!fields.length) return null;
  const mean = (pick) => fields.reduce((sum, field) => sum + pick(field), 0) / fields.length;
  const ra =
    Math.atan2(
      mean((f) => Math.sin(f.ra * RAD)),
      mean((f) => Math.cos(f.ra * RAD)),
    ) / RAD;
  const dec = mean((f) => f.dec);
  const half = Math.max(
    1.5,
    ...fields.map((f) => Math.max(Math.abs(f.dec - dec), Math.abs(wrap(f.ra - ra)) * Math.cos(dec * RAD))),
  );
  return half > 50 ? null : { ra: (ra + 360) % 360, dec, half: half * 1.25 };
}

/** The map; set(fields) with [{ id, ra, dec, share (0..1), done }]; onPoint(field or null, "move" | "click"). */
export class SkyMap {
  constructor(host, onPoint) {
    this.fields = [];
    this.whole = true;
    this.onPoint = onPoint;
    this.canvas = sharpCanvas(
      host,
      {
        label: "Sky map: no field yet",
        aspect: 1.75,
        onPoint: (x, y, type) => this.onPoint(type === "leave" ? null : this.#near(x, y), type),
      },
      (ctx, width, height) => this.#draw(ctx, width, height),
    );
  }

  set(fields, inWords) {
    this.fields = fields;
    this.canvas.label(inWords);
    this.canvas.draw();
  }

  /** Whether to show the whole sky or only where the fields are. */
  showWhole(whole) {
    this.whole = whole;
    this.canvas.draw();
  }

  #draw(ctx, width, height) {
    const near = this.whole ? null : window(this.fields);
    const project = near ? planar(near, width, height) : global(width, height);
    ctx.lineWidth = 1;
    ctx.strokeStyle = token("--grid");
    ctx.fillStyle = token("--muted");
    ctx.font = '12px system-ui, "DejaVu Sans", sans-serif';
    (near ? closeGrid : globalGrid)(ctx, project, near, width, height);
    this.#fields(ctx, project, near ? Math.max(5, Math.min(16, width / (near.half * 2) / 1.6)) : 5.5);
  }

  #fields(ctx, project, radius) {
    const scale = scaleTable();
    const ring = token("--text");
    this.spots = this.fields.map((field) => [...project(field.ra, field.dec), field]);
    for (const [x, y, field] of this.spots) {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.fillStyle = scale[Math.round(100 * Math.min(1, Math.max(0, field.share)))];
      ctx.fill();
      ctx.lineWidth = field.done ? 2.2 : 1;
      ctx.strokeStyle = field.done ? ring : token("--muted");
      ctx.stroke();
    }
  }

  #near(x, y) {
    let [best, least] = [null, 196];
    for (const [px, py, field] of this.spots ?? []) {
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance < least) [best, least] = [field, distance];
    }
    return best;
  }
}

function global(width, height) {
  const scale = Math.min((width - 2 * MARGIN) / 4, (height - 2 * MARGIN) / 2);
  return (ra, dec) => {
    const [x, y] = mollweide(ra, dec);
    return [width / 2 + x * scale, height / 2 - y * scale];
  };
}

// Good enough for a window of some tens of degrees: right ascension shortened by the cosine of the middle declination.
function planar(near, width, height) {
  const scale = Math.min(width - 2 * MARGIN, height - 2 * MARGIN) / (2 * near.half);
  const shorten = Math.cos(near.dec * RAD);
  return (ra, dec) => [width / 2 - wrap(ra - near.ra) * shorten * scale, height / 2 - (dec - near.dec) * scale];
}

function globalGrid(ctx, project) {
  for (let dec = -60; dec <= 60; dec += 30)
    curve(
      ctx,
      range(-0.01, 359.99, 4).map((ra) => project(sweep(ra), dec)),
    );
  for (let ra = 0; ra <= 360; ra += 60) {
    const edge = ra === 0 ? 0.01 : ra === 360 ? 359.99 : ra;
    curve(
      ctx,
      range(-90, 90, 3).map((dec) => project(edge, dec)),
    );
  }
  ctx.textAlign = "center";
  for (const ra of [60, 120, 180, 240, 300]) ctx.fillText(`${ra}°`, ...offset(project(ra, 0), 0, 13));
  for (const dec of [-60, -30, 30, 60])
    ctx.fillText(`${dec > 0 ? "+" : "−"}${Math.abs(dec)}°`, ...offset(project(180, dec), 0, 4));
}

const sweep = (ra) => Math.min(359.99, Math.max(0.01, ra));

function closeGrid(ctx, project, near, width, height) {
  const step = [1, 2, 5, 10, 20].find((one) => (2 * near.half) / one <= 7) ?? 30;
  ctx.textAlign = "left";
  for (let dec = Math.ceil((near.dec - 2 * near.half) / step) * step; dec <= near.dec + 2 * near.half; dec += step) {
    const y = project(near.ra, dec)[1];
    if (Math.abs(dec) > 90 || y < 10 || y > height - 22) continue;
    curve(ctx, [
      [0, y],
      [width, y],
    ]);
    ctx.fillText(`${dec > 0 ? "+" : dec < 0 ? "−" : ""}${Math.abs(dec)}°`, 4, y - 3);
  }
  ctx.textAlign = "center";
  const wide = (2.2 * near.half) / Math.max(0.1, Math.cos(near.dec * RAD));
  for (let ra = Math.ceil((near.ra - wide) / step) * step; ra <= near.ra + wide; ra += step) {
    const x = project(ra, near.dec)[0];
    if (x < 44 || x > width - 14) continue;
    curve(ctx, [
      [x, 0],
      [x, height - 16],
    ]);
    ctx.fillText(`${(ra + 360) % 360}°`, x, height - 4);
  }
}

function curve(ctx, points) {
  ctx.beginPath();
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.stroke();
}

const offset = ([x, y], dx, dy) => [x + dx, y + dy];

const range = (from, to, step) =>
  Array.from({ length: Math.ceil((to - from) / step) + 1 }, (_, i) => Math.min(to, from + i * step));
