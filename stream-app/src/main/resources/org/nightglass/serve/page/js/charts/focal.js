// The focal plane: every fibre a dot, coloured by what became of it, in petals, so that a dead one jumps to the eye.

import { token } from "../base/dom.js";
import { count, percent } from "../base/format.js";
import { sharpCanvas } from "./canvas.js";
import { scaleTable } from "./colour.js";

const PETALS = 10;
const FIBRES_A_PETAL = 500;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const INNER = 0.12;

/** Whether numbers up to this one look like DESI's: ten petals of 500 (DESI Collaboration 2022, AJ 164, 207). */
export function hasPetals(greatest) {
  return greatest >= (PETALS - 2) * FIBRES_A_PETAL && greatest < PETALS * FIBRES_A_PETAL;
}

/** A fibre's place in the unit disc. The layout says which petal, not where in the petal the fibre stands. */
export function place(fibre, petals, greatest) {
  if (!petals) {
    const angle = fibre * 2 * Math.PI * GOLDEN;
    const radius = Math.sqrt((fibre + 0.5) / (greatest + 1));
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }
  const petal = Math.floor(fibre / FIBRES_A_PETAL);
  const within = fibre % FIBRES_A_PETAL;
  const radius = Math.sqrt(INNER ** 2 + ((within + 0.5) / FIBRES_A_PETAL) * (1 - INNER ** 2));
  const gap = Math.min(0.25, 0.018 / radius); // petals stand apart by the same width everywhere
  const share = ((within * GOLDEN) % 1) * (1 - 2 * gap) + gap;
  return polar(radius, petal + share);
}

function polar(radius, petals) {
  const angle = (petals / PETALS) * 2 * Math.PI - Math.PI / 2;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * Sums by petal: { petal, observed, valid, good_z, rate, dead }. A petal is called dead where so few of its spectra
 * came to a good redshift that, with the others' rate, it would hardly happen by chance (4 sigma of the binomial) and
 * it has less than half of that rate; or where nothing arrived from it while the others have twenty spectra each.
 */
export function petalSums(fibres) {
  const sums = Array.from({ length: PETALS }, (_, petal) => ({ petal, observed: 0, valid: 0, good_z: 0 }));
  for (const fibre of fibres) {
    const sum = sums[Math.floor(fibre.fibre / FIBRES_A_PETAL)];
    sum.observed += fibre.observed;
    sum.valid += fibre.valid;
    sum.good_z += fibre.good_z;
  }
  const all = total(sums);
  for (const sum of sums) {
    sum.rate = sum.observed ? sum.good_z / sum.observed : null;
    const others = all.observed - sum.observed;
    const rate = others ? (all.good_z - sum.good_z) / others : 0;
    const sigma = Math.sqrt(sum.observed * rate * (1 - rate));
    sum.dead = sum.observed
      ? sum.rate < rate / 2 && sum.good_z < sum.observed * rate - 4 * Math.max(sigma, 1)
      : others >= 20 * (PETALS - 1);
  }
  return sums;
}

const total = (sums) => ({
  observed: sums.reduce((sum, one) => sum + one.observed, 0),
  good_z: sums.reduce((sum, one) => sum + one.good_z, 0),
});

/** A petal's place in the list of fibres, for people: where it stands out, and by how much. */
export function petalInWords(sum) {
  return sum.observed
    ? `petal ${sum.petal}: ${percent(sum.rate)} good of ${count(sum.observed)}`
    : `petal ${sum.petal}: nothing arrived`;
}

/** The map; set(fibres) with the API's counts by fibre; onHover(fibre or null) says what is under the pointer. */
export class FocalPlane {
  constructor(host, onHover) {
    this.fibres = [];
    this.onHover = onHover;
    this.canvas = sharpCanvas(
      host,
      { label: "Focal plane: no spectrum yet", aspect: 1, onPoint: (x, y, type) => this.#point(x, y, type) },
      (ctx, width) => this.#draw(ctx, width),
    );
  }

  set(fibres) {
    this.fibres = fibres.filter((one) => one.fibre >= 0);
    this.greatest = this.fibres.reduce((most, one) => Math.max(most, one.fibre), 0);
    this.petals = hasPetals(this.greatest);
    this.sums = this.petals ? petalSums(this.fibres) : [];
    this.canvas.label(this.#inWords());
    this.canvas.draw();
  }

  #inWords() {
    const dead = this.sums.filter((sum) => sum.dead);
    const fibres = `Focal plane: ${count(this.fibres.length)} fibres used.`;
    if (!this.petals) return fibres;
    if (!dead.length) return `${fibres} No petal stands out.`;
    return `${fibres} Standing out: ${dead.map(petalInWords).join(", ")}.`;
  }

  #draw(ctx, size) {
    const centre = size / 2;
    const reach = centre - 26;
    const dot = this.petals
      ? (reach / 72) * 0.92
      : Math.min(9, Math.max(1.3, (0.6 * reach) / Math.sqrt(this.greatest + 1)));
    const scale = scaleTable();
    const [bad, mid] = [token("--bad"), token("--mid")];
    this.spots = [];
    this.#frame(ctx, centre, reach);
    for (const one of this.fibres) {
      const [x, y] = place(one.fibre, this.petals, this.greatest);
      const [px, py] = [centre + x * reach, centre + y * reach];
      this.spots.push([px, py, one]);
      ctx.beginPath();
      ctx.arc(px, py, dot, 0, 2 * Math.PI);
      if (one.observed === 0) {
        ctx.strokeStyle = mid;
        ctx.lineWidth = 0.8;
        ctx.stroke();
      } else {
        ctx.fillStyle = one.good_z === 0 ? bad : scale[Math.round((100 * one.good_z) / one.observed)];
        ctx.fill();
      }
    }
    this.#petalNames(ctx, centre, reach);
  }

  #frame(ctx, centre, reach) {
    ctx.strokeStyle = token("--line");
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.arc(centre, centre, reach + 6, 0, 2 * Math.PI);
    ctx.stroke();
    for (const sum of this.sums ?? []) {
      if (!sum.dead) continue;
      const from = (sum.petal / PETALS) * 2 * Math.PI - Math.PI / 2;
      const to = from + (2 * Math.PI) / PETALS;
      ctx.beginPath();
      ctx.arc(centre, centre, reach + 6, from, to);
      ctx.lineTo(centre, centre);
      ctx.closePath();
      ctx.fillStyle = token("--bad-soft");
      ctx.fill();
      ctx.strokeStyle = token("--bad");
      ctx.lineWidth = 3;
      ctx.stroke();
    }
  }

  #petalNames(ctx, centre, reach) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const sum of this.sums ?? []) {
      const [x, y] = polar(reach + 16, sum.petal + 0.5);
      ctx.font = `${sum.dead ? "bold 15px" : "12px"} system-ui, "DejaVu Sans", sans-serif`;
      ctx.fillStyle = token(sum.dead ? "--bad" : "--muted");
      ctx.fillText(String(sum.petal), centre + x, centre + y);
    }
  }

  #point(x, y, type) {
    const near = (this.spots ?? []).reduce(
      (best, spot) => {
        const distance = (spot[0] - x) ** 2 + (spot[1] - y) ** 2;
        return distance < best.distance ? { distance, fibre: spot[2] } : best;
      },
      { distance: 64, fibre: null },
    ).fibre;
    this.onHover(type === "leave" || !near ? null : near);
  }
}
