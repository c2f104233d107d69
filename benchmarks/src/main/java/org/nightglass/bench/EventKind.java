package org.nightglass.bench;

/** What the spectra of a measurement look like as events. */
enum EventKind {
  /** One arm on the SDSS grid, which is the model's, shifted: preparation copies it. */
  SDSS,
  /** Three arms on linear grids of 0.8 Å, with masks: preparation rebins and adds them up. */
  DESI;

  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
