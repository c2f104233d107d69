package org.nightglass.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Warning;
import org.nightglass.infer.Inference;
import org.nightglass.simulate.UnseenKind;

/**
 * A spectrum whose class and redshift are known, and what was said of it.
 *
 * @param id names it to people
 * @param label its class, one of {@link Labels#truth}
 * @param trueZ its redshift; null where it has none, as empty sky
 * @param snr median signal-to-noise ratio a pixel; null where not known
 * @param probabilities by class, in the model's order; empty where no class was predicted
 * @param z predicted redshift; null where not estimated
 * @param zErr its 1σ error, positive; null where not given
 * @param peakProbability probability within the redshift's main peak; null where not given
 * @param accepted whether the redshift was accepted as good; null where nobody decided
 * @param warnings what speaks against the result; empty where nobody decided
 * @param appearance how the spectrum looks; null where it is not there to be looked at
 * @param kind why no training has seen its like; null of all else
 */
public record Scored(
    String id,
    String label,
    @Nullable Double trueZ,
    @Nullable Double snr,
    Map<String, Double> probabilities,
    @Nullable Double z,
    @Nullable Double zErr,
    @Nullable Double peakProbability,
    @Nullable Boolean accepted,
    Set<Warning> warnings,
    @Nullable Appearance appearance,
    @Nullable UnseenKind kind) {

  /** Of a spectrum that is not there to be looked at. */
  public Scored(
      String id,
      String label,
      @Nullable Double trueZ,
      @Nullable Double snr,
      Map<String, Double> probabilities,
      @Nullable Double z,
      @Nullable Double zErr,
      @Nullable Double peakProbability,
      @Nullable Boolean accepted) {
    this(
        id,
        label,
        trueZ,
        snr,
        probabilities,
        z,
        zErr,
        peakProbability,
        accepted,
        Set.of(),
        null,
        null);
  }

  /**
   * @throws IllegalArgumentException if a number is not finite, z is at or below −1, or an error is
   *     not positive
   */
  public Scored {
    probabilities = new LinkedHashMap<>(probabilities);
    warnings = Set.copyOf(warnings);
    refuse(id, "true z", trueZ, trueZ == null || trueZ > -1);
    refuse(id, "S/N", snr, true);
    refuse(id, "z", z, z == null || z > -1);
    refuse(id, "z_err", zErr, zErr == null || zErr > 0);
    refuse(id, "peak probability", peakProbability, true);
    probabilities.forEach((label_, p) -> refuse(id, "probability of " + label_, p, true));
  }

  private static void refuse(String id, String what, @Nullable Double value, boolean inRange) {
    if (value != null && !(Double.isFinite(value) && inRange)) {
      throw new IllegalArgumentException("%s: %s is %s".formatted(id, what, value));
    }
  }

  /** The class, chosen as the application does ({@link Inference#best}); null where none was. */
  public @Nullable String said() {
    if (probabilities.isEmpty()) {
      return null;
    }
    Inference inference = inference();
    return inference.classes().get(inference.best());
  }

  /** Probability of the class that was {@link #said}; null where none was. */
  public @Nullable Double probability() {
    String said = said();
    return said == null ? null : probabilities.get(said);
  }

  /** (z − true z)/(1 + true z); null where either is missing. */
  public @Nullable Double dz() {
    return z == null || trueZ == null ? null : (z - trueZ) / (1 + trueZ);
  }

  /** (z − true z)/z_err; null where any is missing. */
  public @Nullable Double pull() {
    return z == null || trueZ == null || zErr == null ? null : (z - trueZ) / zErr;
  }

  /**
   * Probability of the class's family times peak probability, what an acceptance threshold is set
   * on; null where there is no redshift or no class. A network of points has no peak: its factor is
   * 1.
   */
  public @Nullable Double confidence() {
    if (z == null || probabilities.isEmpty()) {
      return null;
    }
    return inference().familyProbability() * (peakProbability == null ? 1 : peakProbability);
  }

  private Inference inference() {
    List<String> classes = List.copyOf(probabilities.keySet());
    double[] values =
        classes.stream().mapToDouble(c -> probabilities.getOrDefault(c, 0.0)).toArray();
    return new Inference(classes, values, null);
  }
}
