// The contract's names in plain words.

const WARNINGS = {
  NO_DATA: "No pixel on the model's grid carries information.",
  LITTLE_COVERAGE: "Too little of the model's wavelength range is covered.",
  LOW_SNR: "The signal-to-noise ratio is below the limit for acceptance.",
  CLASS_UNCERTAIN: "No class is probable enough.",
  ENSEMBLE_SPREAD: "The ensemble's members disagree on the redshift.",
  Z_OUT_OF_RANGE: "The redshift lies at the edge of what the network can give.",
  OUT_OF_DISTRIBUTION: "Like nothing the model was trained on: empty sky or an artefact.",
  BAD_CALIBRATION: "The flux calibration looks wrong.",
  INCOMPATIBLE_WITH_TARGET_TYPE: "The class is not what the target was selected as.",
  Z_NOT_ESTIMATED: "This class has no redshift network.",
  Z_AMBIGUOUS: "The main peak holds too little of the redshift's probability.",
  NIGHT_MISMATCH: "The producer stated another night than the exposure's time gives.",
};

/** A warning as a sentence; one added to the contract later stands by its name. */
export function warning(name) {
  return WARNINGS[name] ?? `${plain(name)}.`;
}

const STATES = {
  UNOBS: "not observed yet",
  MORE_ZGOOD: "good redshift, more wanted",
  MORE_ZWARN: "no good redshift, worth another visit",
  OBS: "observed, not worth another visit",
  DONE: "done",
  DONOTOBSERVE: "not to be observed",
};

/** All states of a target, in the order of its life. */
export const TARGET_STATES = Object.keys(STATES);

/** A target's state in words. */
export function targetState(name) {
  return STATES[name] ?? plain(name);
}

const NIGHT_STATES = {
  OPEN: "Open: provisional, figures still change.",
  CLOSED: "Closed: final and reconciled.",
  REVISED: "Revised: changed after closing, final again.",
};

const CLOSING = "Closing: the observer's word waits until what was on the road has been counted.";

/** What the state of a night's status, or of its figures, means. */
export function nightState({ state, closing_since: closing }) {
  return closing ? CLOSING : (NIGHT_STATES[state] ?? "The state of this night is not known.");
}

const RATIOS = {
  observation_completeness: "observed of assigned",
  valid_fraction: "valid of observed",
  classified_fraction: "classified of valid",
  success_rate: "good redshift of valid",
  redshift_completeness: "good redshift of targeted",
  sky_false_positive_rate: "sky fibres accepted",
};

/** What a ratio divides by what. */
export function ratioWords(name) {
  return RATIOS[name] ?? plain(name);
}

/** "LENGTH_MISMATCH" as "Length mismatch", "LOW_SNR" as "Low S/N". */
export function plain(name) {
  const text = String(name ?? "")
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/\bsnr\b/, "S/N");
  return text.startsWith("z ") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
