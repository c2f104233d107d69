package org.nightglass.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judged spectra for tests. */
final class Examples {
  static final Labels THREE = Labels.of(List.of("GALAXY", "QSO", "STAR"), Set.of("GALAXY", "QSO"));

  private Examples() {}

  /** A redshift alone, of true z 0, so that dz = z. */
  static Scored redshift(String label, double z, double zErr) {
    return new Scored("s", label, 0.0, 5.0, Map.of(), z, zErr, null, null);
  }

  /** A class alone. */
  static Scored called(String label, double galaxy, double qso, double star) {
    return new Scored(
        "s", label, null, 5.0, probabilities(galaxy, qso, star), null, null, null, null);
  }

  /** Class and redshift, of true z 0; sky has none. */
  static Scored judged(
      String label, double qso, @Nullable Double z, @Nullable Double peak, boolean accepted) {
    return new Scored(
        "s",
        label,
        label.equals(Labels.SKY) ? null : 0.0,
        5.0,
        probabilities(1 - qso, qso, 0),
        z,
        z == null ? null : 0.001,
        peak,
        accepted);
  }

  static Map<String, Double> probabilities(double galaxy, double qso, double star) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put("GALAXY", galaxy);
    probabilities.put("QSO", qso);
    probabilities.put("STAR", star);
    return probabilities;
  }

  static Evaluation.Subject subject(int scored) {
    return new Evaluation.Subject(
        "tiny/1", "a test", "2026-01-01T00:00:00Z", "0", scored, scored, 0, 0, List.of());
  }
}
