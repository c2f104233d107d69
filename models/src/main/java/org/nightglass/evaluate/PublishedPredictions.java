package org.nightglass.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.fits.PredictionTable;
import org.nightglass.fits.PredictionTable.Prediction;

/**
 * Somebody's published redshifts, judged as our own: a table of point predictions with their
 * spread, of spectra whose class is taken as given. Labels are the table's class and subclass.
 *
 * @param scored one a usable row
 * @param skipped why rows could not be used, one a row
 */
public record PublishedPredictions(List<Scored> scored, List<String> skipped) {

  /**
   * @param path a table as {@link PredictionTable} tells
   * @throws org.nightglass.fits.UnreadableFileException if it cannot be read
   */
  public static PublishedPredictions read(Path path) {
    Labels labels = Labels.asTheyCome();
    List<Scored> scored = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Prediction row : PredictionTable.read(path)) {
      if (!isRedshift(row.trueZ()) || !isRedshift(row.z())) {
        skipped.add("%s: z %s, true z %s".formatted(row.id(), row.z(), row.trueZ()));
        continue;
      }
      Double zErr = row.zErr();
      scored.add(
          new Scored(
              row.id(),
              labels.truth(row.objectClass(), row.subclass()),
              row.trueZ(),
              row.snr(),
              Map.of(),
              row.z(),
              zErr == null || zErr <= 0 ? null : zErr,
              null,
              null));
    }
    return new PublishedPredictions(List.copyOf(scored), List.copyOf(skipped));
  }

  private static boolean isRedshift(@Nullable Double z) {
    return z != null && z > -1;
  }
}
