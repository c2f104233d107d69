// Which colour means what, the same in every plot.

import { token } from "../base/dom.js";

const STEPS = 5;

/** The colour of a share from 0 to 1 on the theme's scale. */
function scaleColour(share) {
  const place = Math.min(1, Math.max(0, share)) * (STEPS - 1);
  const step = Math.min(STEPS - 2, Math.floor(place));
  return mix(token(`--scale-${step}`), token(`--scale-${step + 1}`), place - step);
}

/** The same for an element's style: it follows the theme by itself. */
export function scaleStyle(share) {
  const place = Math.min(1, Math.max(0, share)) * (STEPS - 1);
  const step = Math.min(STEPS - 2, Math.floor(place));
  const part = Math.round(100 * (place - step));
  return `color-mix(in srgb, var(--scale-${step + 1}) ${part}%, var(--scale-${step}))`;
}

/** A scale looked up once for a drawing of many marks. */
export function scaleTable(size = 101) {
  return Array.from({ length: size }, (_, i) => scaleColour(i / (size - 1)));
}

function mix(from, to, part) {
  const channel = (colour, i) => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2]
    .map((i) => Math.round(channel(from, i) * (1 - part) + channel(to, i) * part))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

const FAMILIES = ["GALAXY", "QSO", "STAR"];

/** The custom property of a class's colour: subclasses have their family's. */
export function classColour(label, labels = []) {
  const family = FAMILIES.findIndex((name) => String(label).startsWith(name));
  if (family >= 0) return `--class-${family}`;
  const others = labels.filter((one) => !FAMILIES.some((name) => one.startsWith(name)));
  return `--class-${3 + (Math.max(0, others.indexOf(label)) % 3)}`;
}
