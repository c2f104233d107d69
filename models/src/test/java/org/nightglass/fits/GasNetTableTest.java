package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.spectrum.Arm;

class GasNetTableTest {
  @TempDir Path folder;

  @Test
  void shouldReadRowsAndLeaveOutThoseWithoutRedshiftOrFlux() throws IOException {
    float[][] flux = new float[3][3600];
    Random random = new Random(1);
    for (int i = 0; i < 3600; i++) {
      flux[0][i] = (float) (10 + 2 * random.nextGaussian());
      flux[1][i] = flux[0][i];
    }
    flux[0][7] = Float.NaN;
    Path file =
        new FitsWriter()
            .table(
                "",
                FitsWriter.columns(
                    "int_flux", flux,
                    "CLASS", new String[] {"GALAXY", "QSO", "STAR"},
                    "SUBCLASS", new String[] {"AGN", "nan", "F5"},
                    "Z", new double[] {0.25, Double.NaN, 0},
                    "PLATE", new int[] {266, 267, 268},
                    "MJD", new int[] {51602, 51603, 51604},
                    "FIBERID", new int[] {31, 32, 33}))
            .write(folder.resolve("train.fits"));
    List<GasNetTable.Row> rows = new ArrayList<>();
    assertThat(GasNetTable.read(file, rows::add)).as("no redshift; no flux").isEqualTo(2);
    assertThat(rows).hasSize(1);
    GasNetTable.Row row = rows.get(0);
    assertThat(row.objectClass()).isEqualTo("GALAXY");
    assertThat(row.subclass()).isEqualTo("AGN");
    assertThat(row.z()).isEqualTo(0.25);
    assertThat(row.spectrum().observation().targetId()).isEqualTo("266-51602-31");
    Arm arm = row.spectrum().arms().get(0);
    assertThat(arm.grid().wavelength(0)).isCloseTo(Math.pow(10, 3.58), within(1e-9));
    assertThat(1 / Math.sqrt(arm.ivar()[0])).as("noise").isCloseTo(2, within(0.1));
    assertThat(arm.good(7)).isFalse();
  }

  @Test
  void shouldSayWhatATableLacks() throws IOException {
    Path file =
        new FitsWriter()
            .table("", FitsWriter.columns("CLASS", new String[] {"QSO"}))
            .write(folder.resolve("short.fits"));
    assertThatThrownBy(() -> GasNetTable.read(file, row -> {}))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContainingAll("short.fits", "no column INT_FLUX, Z");
    Path narrow =
        new FitsWriter()
            .table(
                "",
                FitsWriter.columns(
                    "int_flux", new float[][] {{1, 2, 3}},
                    "CLASS", new String[] {"QSO"},
                    "Z", new double[] {1}))
            .write(folder.resolve("narrow.fits"));
    assertThatThrownBy(() -> GasNetTable.read(narrow, row -> {}))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContainingAll("narrow.fits", "INT_FLUX", "3 numbers, not 3600");
  }
}
