package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page's spectral lines against those that the simulator draws and classifies by, and against
 * lines of the NIST Atomic Spectra Database, whose names are those of the page.
 */
class PageLinesTest {
  private static final Pattern LINE = Pattern.compile("\\[\"([^\"]+)\", ([0-9.]+)]");

  /** Half of what the lists are rounded to, and the last digit of their sources. */
  private static final double ROUNDED = 0.011;

  private static final List<Line> lines = new ArrayList<>();

  private record Line(String name, double angstrom) {}

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file =
        PageLinesTest.class.getResourceAsStream(
            "/org/nightglass/serve/page/js/spectrum/lines.js")) {
      Matcher found = LINE.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      while (found.find()) {
        lines.add(new Line(found.group(1), Double.parseDouble(found.group(2))));
      }
    }
    assertThat(lines).hasSizeGreaterThan(40);
  }

  private static void assertStands(String name, double angstrom) {
    assertThat(lines)
        .filteredOn(line -> line.name().equals(name))
        .as("%s at %.2f", name, angstrom)
        .anyMatch(line -> Math.abs(line.angstrom() - angstrom) < ROUNDED);
  }

  @Test
  void shouldHaveTheLinesThatTheSimulatorDraws() {
    assertStands("[O II]", (NebularLines.O_II_A + NebularLines.O_II_B) / 2);
    assertStands("Hβ", NebularLines.H_BETA);
    assertStands("[O III]", NebularLines.O_III_A);
    assertStands("[O III]", NebularLines.O_III_B);
    assertStands("[N II]", NebularLines.N_II_A);
    assertStands("Hα", NebularLines.H_ALPHA);
    assertStands("[N II]", NebularLines.N_II_B);
    assertStands("[S II]", NebularLines.S_II_A);
    assertStands("[S II]", NebularLines.S_II_B);
  }

  @Test
  void shouldHaveTheBroadLinesThatSubclassesGoBy() {
    List<String> names = List.of("C IV", "C III]", "Mg II", "Hβ", "Hα");
    assertThat(SdssSubclass.BROAD_LINES).hasSameSizeAs(names);
    Arrays.stream(SdssSubclass.BROAD_LINES)
        .forEach(
            angstrom ->
                assertThat(lines)
                    .filteredOn(line -> names.contains(line.name()))
                    .as("a broad line at %.2f", angstrom)
                    .anyMatch(line -> Math.abs(line.angstrom() - angstrom) < ROUNDED));
  }

  /** Vacuum wavelengths of NIST's database, the stronger line of a doublet first. */
  private static final Map<String, double[]> DOUBLETS =
      Map.of(
          "N V", new double[] {1238.821, 1242.804},
          "Si IV", new double[] {1393.755, 1402.770},
          "C IV", new double[] {1548.187, 1550.772},
          "Mg II", new double[] {2796.352, 2803.531});

  @Test
  void shouldPutDoubletsWhereTheirStatisticalWeightsDo() {
    DOUBLETS.forEach(
        (name, pair) ->
            assertThat(lines)
                .filteredOn(line -> line.name().equals(name))
                .singleElement()
                .satisfies(
                    line ->
                        assertThat(line.angstrom())
                            .as(name)
                            .isCloseTo((2 * pair[0] + pair[1]) / 3, within(0.02))));
    assertStands("Na D", (5891.583 + 5897.558) / 2);
  }

  @Test
  void shouldGiveEveryLineOneWavelengthInVacuum() {
    Map<String, Double> nist =
        Map.of(
            "Lyα", 1215.67,
            "He II", 1640.42,
            "C III]", 1908.73,
            "[Ne III]", 3869.86,
            "Ca K", 3934.77,
            "Ca H", 3969.59,
            "Hδ", 4102.89,
            "Hγ", 4341.68,
            "[O I]", 6302.05);
    nist.forEach(PageLinesTest::assertStands);
    // The triplet's wavelengths in air, 8498.02, 8542.09 and 8662.14, would be 2.3 Å off.
    for (double calcium : new double[] {8500.35, 8544.44, 8664.52}) {
      assertStands("Ca II", calcium);
    }
    for (Line one : lines) {
      for (Line other : lines) {
        if (one.name().equals(other.name()) && Math.abs(one.angstrom() - other.angstrom()) < 1) {
          assertThat(other).as("the same in every list").isEqualTo(one);
        }
      }
    }
  }
}
