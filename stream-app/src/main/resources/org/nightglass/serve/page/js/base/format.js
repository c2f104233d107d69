// Figures in words. A figure that is not there is a dash, never a zero.

export const NONE = "–";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

const missing = (value) => value === null || value === undefined || !Number.isFinite(value);

/** 12 345 as "12,345". */
export function count(value) {
  return missing(value) ? NONE : whole.format(value);
}

/** With so many digits after the point. */
export function fixed(value, digits) {
  return missing(value) ? NONE : value.toFixed(digits);
}

/** A ratio in percent; never rounded up to 100 or down to 0 where it is neither. */
export function percent(ratio, digits = 1) {
  if (missing(ratio)) return NONE;
  const shown = (100 * ratio).toFixed(digits);
  const step = 10 ** -digits;
  if (ratio < 1 && Number(shown) >= 100) return `${(100 - step).toFixed(digits)} %`;
  if (ratio > 0 && Number(shown) === 0) return `<${step.toFixed(digits)} %`;
  return `${shown} %`;
}

/** "91.2–93.0 %" */
export function interval(low, high, digits = 1) {
  if (missing(low) || missing(high)) return NONE;
  return `${(100 * low).toFixed(digits)}–${(100 * high).toFixed(digits)} %`;
}

/** A redshift, with as many digits as its error bears out. */
export function redshift(z, error = null) {
  const [value, spread] = redshiftParts(z, error);
  return spread ? `${value} ± ${spread}` : value;
}

/** The same in two: the redshift and its error, null where that is not known. */
export function redshiftParts(z, error) {
  if (missing(z)) return [NONE, null];
  const digits = missing(error) || error <= 0 ? 5 : Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(error))));
  return [z.toFixed(digits), missing(error) ? null : error.toFixed(digits)];
}

/** Seconds as "850 ms", "4.2 s", "3 min 20 s", "2 h 05 min". */
export function seconds(value) {
  if (missing(value)) return NONE;
  if (value === 0) return "0 s";
  if (value < 1) return `${Math.round(1000 * value)} ms`;
  if (value < 10) return `${value.toFixed(1)} s`;
  const total = Math.round(value);
  if (total < 60) return `${total} s`;
  if (total < 3600)
    return `${Math.floor(total / 60)} min${total % 60 ? ` ${String(total % 60).padStart(2, "0")} s` : ""}`;
  if (total < 48 * 3600)
    return `${Math.floor(total / 3600)} h ${String(Math.floor((total % 3600) / 60)).padStart(2, "0")} min`;
  return `${Math.floor(total / 86400)} d`;
}

/** A moment (RFC 3339 text or milliseconds) as milliseconds; null stays null. */
export function moment(value) {
  if (value === null || value === undefined) return null;
  const at = typeof value === "number" ? value : Date.parse(value);
  return Number.isFinite(at) ? at : null;
}

/** "03:12:45 UT" */
export function clock(value) {
  const at = moment(value);
  return at === null ? NONE : `${new Date(at).toISOString().slice(11, 19)} UT`;
}

/** "2025-12-22 03:12 UT" */
export function dateTime(value) {
  const at = moment(value);
  return at === null ? NONE : `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UT`;
}

/** "20251221" as "2025-12-21"; anything else as it is. */
export function nightName(night) {
  return /^\d{8}$/.test(night ?? "") ? `${night.slice(0, 4)}-${night.slice(4, 6)}-${night.slice(6)}` : (night ?? NONE);
}

/** Right ascension and declination in degrees. */
export function position(raDeg, decDeg) {
  if (missing(raDeg) || missing(decDeg)) return NONE;
  return `${raDeg.toFixed(4)}, ${decDeg >= 0 ? "+" : "−"}${Math.abs(decDeg).toFixed(4)}`;
}
