// Smoothing that weighs each pixel by its inverse variance, so that a noisy pixel does not spoil its neighbours.

/**
 * Flux smoothed by a Gaussian of so many pixels (sigma; 0 = not at all), with the error of what comes out. Pixels without
 * information (null) stay null. Returns { flux, error }, arrays as long as those given.
 */
export function smooth(flux, error, sigma) {
  if (sigma <= 0) return { flux, error };
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const out = { flux: new Array(flux.length), error: new Array(flux.length) };
  for (let i = 0; i < flux.length; i++) {
    let [sum, weights, variance] = [0, 0, 0];
    for (let j = Math.max(0, i - reach); j <= Math.min(flux.length - 1, i + reach); j++) {
      if (flux[j] === null || !(error[j] > 0)) continue;
      const ivar = 1 / (error[j] * error[j]);
      const weight = kernel[Math.abs(i - j)] * ivar;
      sum += weight * flux[j];
      weights += weight;
      variance += (weight * weight) / ivar;
    }
    const known = flux[i] !== null && weights > 0;
    out.flux[i] = known ? sum / weights : null;
    out.error[i] = known ? Math.sqrt(variance) / weights : null;
  }
  return out;
}

/** The range of values that shows a spectrum well: strong lines whole, single wild pixels cut, room above for labels. */
export function robustRange(values) {
  const known = values
    .filter((value) => value !== null && value !== undefined && Number.isFinite(value))
    .sort((a, b) => a - b);
  if (!known.length) return [0, 1];
  const at = (share) => known[Math.min(known.length - 1, Math.floor(share * known.length))];
  const [low, middle] = [at(0.005), at(0.5)];
  const high = Math.min(known.at(-1), middle + 8 * (at(0.99) - middle));
  const span = high - low || Math.abs(high) || 1;
  return [low - 0.08 * span, high + 0.3 * span];
}
