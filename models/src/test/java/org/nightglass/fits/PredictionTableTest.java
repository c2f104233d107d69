package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.fits.PredictionTable.Prediction;

class PredictionTableTest {
  @TempDir Path folder;

  /** Numbers stand in vectors of one element too, and so they are published. */
  @Test
  void shouldReadPredictionsInScalarsAndInVectorsOfOne() throws IOException {
    Path file =
        new FitsWriter()
            .table(
                "",
                FitsWriter.columns(
                    "label", new float[][] {{0.5f}, {2f}},
                    "SNR", new float[] {3f, Float.NaN},
                    "CLASS", new String[] {"GALAXY", "QSO"},
                    "SUBCLASS", new String[] {"AGN", "nan"},
                    "PLATE", new int[][] {{266}, {267}},
                    "MJD", new int[][] {{51602}, {51603}},
                    "FIBERID", new int[][] {{31}, {32}},
                    "pred_bar", new float[] {0.25f, 2.5f},
                    "pred_std", new float[] {0.125f, 0.5f}))
            .write(folder.resolve("predictions.fits.gz"));
    assertThat(PredictionTable.read(file))
        .containsExactly(
            new Prediction("266-51602-31", "GALAXY", "AGN", 0.5, 3.0, 0.25, 0.125),
            new Prediction("267-51603-32", "QSO", "nan", 2.0, null, 2.5, 0.5));
  }

  @Test
  void shouldNameEveryMissingColumn() throws IOException {
    Path file =
        new FitsWriter()
            .table("", FitsWriter.columns("label", new float[] {1f}, "SNR", new float[] {1f}))
            .write(folder.resolve("short.fits"));
    assertThatThrownBy(() -> PredictionTable.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("short.fits")
        .hasMessageContaining("no column CLASS, SUBCLASS, PRED_BAR, PRED_STD");
  }
}
