package org.nightglass.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.infer.Inference;
import org.nightglass.simulate.Truth;

/**
 * How results compare with what was simulated, by true class.
 *
 * <p>Safe for use by several threads.
 */
public final class Score {

  /**
   * One true class.
   *
   * @param spectra results of that class
   * @param rightFamily results whose class is of its family: of GALAXY a GALAXY_AGN too
   * @param goodZ results whose redshift is accepted
   * @param goodZWrong accepted redshifts off by more than {@link #OUTLIER}
   */
  public record Row(int spectra, int rightFamily, int goodZ, int goodZWrong) {
    Row plus(Row other) {
      return new Row(
          spectra + other.spectra,
          rightFamily + other.rightFamily,
          goodZ + other.goodZ,
          goodZWrong + other.goodZWrong);
    }
  }

  /** |dz|/(1+z) beyond which a redshift is wrong: 3000 km/s, DESI's limit for quasars. */
  public static final double OUTLIER = 0.01;

  private final Map<String, Row> rows = new TreeMap<>();

  /** Compares one result. */
  public synchronized void add(Truth truth, SpectrumResult result) {
    boolean right =
        Inference.family(result.getClassLabel()).equals(Inference.family(truth.label()));
    boolean good = result.getGoodZ();
    Double z = result.getZ();
    boolean wrong = good && (z == null || Math.abs(z - truth.z()) / (1 + truth.z()) > OUTLIER);
    rows.merge(truth.label(), new Row(1, right ? 1 : 0, good ? 1 : 0, wrong ? 1 : 0), Row::plus);
  }

  /** Rows by true class, in alphabetical order; empty where nothing was simulated. */
  public synchronized Map<String, Row> rows() {
    return new TreeMap<>(rows);
  }

  /** The rows as a table for people. Sky has no class that could be right. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (label, row) ->
            lines.add(
                "%-10s %6d   family right %7s   z accepted %5d, of them wrong %d"
                    .formatted(
                        label,
                        row.spectra(),
                        label.equals(Truth.SKY)
                            ? "–"
                            : "%.1f %%".formatted(100.0 * row.rightFamily() / row.spectra()),
                        row.goodZ(),
                        row.goodZWrong())));
    return lines;
  }
}
