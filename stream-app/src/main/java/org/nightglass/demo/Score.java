package org.nightglass.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nightglass.avro.SpectrumResult;
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
   * @param rightClass results that name it
   * @param goodZ results whose redshift is accepted
   * @param goodZWrong accepted redshifts off by more than {@link #OUTLIER}
   */
  public record Row(int spectra, int rightClass, int goodZ, int goodZWrong) {
    Row plus(Row other) {
      return new Row(
          spectra + other.spectra,
          rightClass + other.rightClass,
          goodZ + other.goodZ,
          goodZWrong + other.goodZWrong);
    }
  }

  /** |dz|/(1+z) beyond which a redshift is wrong: 3000 km/s, DESI's limit for quasars. */
  public static final double OUTLIER = 0.01;

  private final Map<String, Row> rows = new TreeMap<>();

  /** Compares one result. */
  public synchronized void add(Truth truth, SpectrumResult result) {
    boolean right = result.getClassLabel().equals(truth.label());
    boolean good = result.getGoodZ();
    Double z = result.getZ();
    boolean wrong = good && (z == null || Math.abs(z - truth.z()) / (1 + truth.z()) > OUTLIER);
    rows.merge(truth.label(), new Row(1, right ? 1 : 0, good ? 1 : 0, wrong ? 1 : 0), Row::plus);
  }

  /** Rows by true class, in alphabetical order; empty where nothing was simulated. */
  public synchronized Map<String, Row> rows() {
    return new TreeMap<>(rows);
  }

  /** The rows as a table for people. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (label, row) ->
            lines.add(
                "%-10s %6d   class right %5.1f %%   z accepted %5d, of them wrong %d"
                    .formatted(
                        label,
                        row.spectra(),
                        100.0 * row.rightClass() / row.spectra(),
                        row.goodZ(),
                        row.goodZWrong())));
    return lines;
  }
}
