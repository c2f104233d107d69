package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nightglass.prepare.TestSpectra.NOW;
import static org.nightglass.prepare.TestSpectra.observation;
import static org.nightglass.prepare.TestSpectra.spectrum;
import static org.nightglass.spectrum.RejectReason.BAD_HEADER;
import static org.nightglass.spectrum.RejectReason.BAD_WAVELENGTHS;
import static org.nightglass.spectrum.RejectReason.FUTURE_OBSERVATION;
import static org.nightglass.spectrum.RejectReason.LENGTH_MISMATCH;
import static org.nightglass.spectrum.RejectReason.NO_GOOD_PIXEL;
import static org.nightglass.spectrum.RejectReason.TOO_LARGE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.spectrum.WavelengthGrid;

class SpectrumValidatorTest {
  private static final WavelengthGrid GRID = new WavelengthGrid.Linear(5000, 1, 4);
  private static final SpectrumValidator VALIDATOR = new SpectrumValidator(SpectrumLimits.DEFAULT);

  @Test
  void shouldAcceptASpectrumOfTwentyYearsAgo() {
    assertThatCode(() -> VALIDATOR.validate(spectrum(arm(GRID)), NOW)).doesNotThrowAnyException();
  }

  @Test
  void shouldAcceptASpectrumWithOneGoodPixelAmongBadOnes() {
    Arm arm =
        new Arm(
            "b",
            GRID,
            Medium.VACUUM,
            new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1, 1},
            new float[] {1, 1, -1, 1},
            null);
    assertThatCode(() -> VALIDATOR.validate(spectrum(arm), NOW)).doesNotThrowAnyException();
  }

  @Test
  void shouldAcceptAClockThatIsAFewMinutesAhead() {
    double soon = 40_587 + (NOW.getEpochSecond() + 300) / 86_400.0;
    assertThatCode(() -> VALIDATOR.validate(at(soon), NOW)).doesNotThrowAnyException();
  }

  static Stream<Arguments> faults() {
    float[] four = {1, 1, 1, 1};
    float[] three = {1, 1, 1};
    float[] none = {0, -1, Float.NaN, Float.POSITIVE_INFINITY};
    return Stream.of(
        fault(BAD_HEADER, "spectrum id is empty", header(" ", "t", 10.0, 0.0, 900.0, null)),
        fault(BAD_HEADER, "target id is empty", header("s", "", 10.0, 0.0, 900.0, null)),
        fault(BAD_HEADER, "300 characters, the limit is 256", header("s".repeat(300), "t")),
        fault(BAD_HEADER, "360.0", header("s", "t", 360.0, 0.0, 900.0, null)),
        fault(BAD_HEADER, "ascension is NaN", header("s", "t", Double.NaN, 0.0, 900.0, null)),
        fault(BAD_HEADER, "declination is -90.5", header("s", "t", 1.0, -90.5, 900.0, null)),
        fault(BAD_HEADER, "time is -1.0", header("s", "t", 1.0, 0.0, -1.0, null)),
        fault(
            BAD_HEADER,
            "time is Infinity",
            header("s", "t", 1.0, 0.0, Double.POSITIVE_INFINITY, null)),
        fault(BAD_HEADER, "'2026-01-01'", header("s", "t", 1.0, 0.0, 900.0, "2026-01-01")),
        fault(BAD_HEADER, "'20260231'", header("s", "t", 1.0, 0.0, 900.0, "20260231")),
        fault(BAD_HEADER, "MJD is NaN", at(Double.NaN)),
        fault(BAD_HEADER, "MJD is Infinity", at(Double.POSITIVE_INFINITY)),
        fault(BAD_HEADER, "MJD is 0.0", at(0)),
        fault(FUTURE_OBSERVATION, "MJD is 61042.0, but the latest", at(61_042)),
        fault(FUTURE_OBSERVATION, "MJD is 1.0E9", at(1e9)),
        fault(NO_GOOD_PIXEL, "no arm", spectrum()),
        fault(TOO_LARGE, "9 arms, the limit is 8", spectrum(copies(9))),
        fault(
            TOO_LARGE,
            "1000000 pixels, the limit is 65536",
            spectrum(arm(new WavelengthGrid.Log(3.5, 1e-7, 1_000_000)))),
        fault(
            TOO_LARGE,
            "2147483647 pixels",
            spectrum(
                new Arm(
                    "b",
                    new WavelengthGrid.Log(3.5, 1e-4, Integer.MAX_VALUE),
                    Medium.VACUUM,
                    four,
                    four,
                    null))),
        fault(
            LENGTH_MISMATCH,
            "arm 0 'b': grid 4, flux 4, ivar 3, mask no pixels",
            spectrum(new Arm("b", GRID, Medium.VACUUM, four, three, null))),
        fault(
            LENGTH_MISMATCH,
            "mask 2 pixels",
            spectrum(new Arm("b", GRID, Medium.VACUUM, four, four, new int[2]))),
        fault(
            LENGTH_MISMATCH,
            "grid -1",
            spectrum(
                new Arm("b", new WavelengthGrid.Log(3.5, 1, -1), Medium.VACUUM, four, four, null))),
        fault(BAD_WAVELENGTHS, "1 pixels", spectrum(arm(new WavelengthGrid.Linear(5000, 1, 1)))),
        fault(BAD_WAVELENGTHS, "pixel 0 is NaN", explicit(Double.NaN, 5001, 5002, 5003)),
        fault(BAD_WAVELENGTHS, "pixel 2 is NaN", explicit(5000, 5001, Double.NaN, 5003)),
        fault(BAD_WAVELENGTHS, "pixel 2 is 5001.0 Å, after 5001.0", explicit(1e3, 5001, 5001, 6e3)),
        fault(BAD_WAVELENGTHS, "pixel 0 is -5.0", explicit(-5, 5001, 5002, 5003)),
        fault(BAD_WAVELENGTHS, "pixel 3 is Infinity", explicit(1e3, 2e3, 3e3, 1 / 0.0)),
        fault(BAD_WAVELENGTHS, "rise", spectrum(arm(new WavelengthGrid.Linear(5000, -1, 4)))),
        fault(BAD_WAVELENGTHS, "rise", spectrum(arm(new WavelengthGrid.Linear(5000, 1e-20, 4)))),
        fault(BAD_WAVELENGTHS, "NaN", spectrum(arm(new WavelengthGrid.Log(Double.NaN, 1, 4)))),
        fault(BAD_WAVELENGTHS, "rise", spectrum(arm(new WavelengthGrid.Log(3.5, 0, 4)))),
        fault(BAD_WAVELENGTHS, "pixel 3", spectrum(arm(new WavelengthGrid.Log(3.5, 10, 4)))),
        fault(
            NO_GOOD_PIXEL,
            "none of 8 pixels",
            spectrum(
                new Arm("b", GRID, Medium.VACUUM, four, none, null),
                new Arm("r", GRID, Medium.VACUUM, four, four, new int[] {1, 2, 4, 8}))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldSayWhatIsWrong(RejectReason reason, String message, ObservedSpectrum spectrum) {
    assertThatThrownBy(() -> VALIDATOR.validate(spectrum, NOW))
        .isInstanceOf(BadSpectrumException.class)
        .hasMessageContaining(message)
        .asInstanceOf(InstanceOfAssertFactories.type(BadSpectrumException.class))
        .extracting(BadSpectrumException::reason)
        .isEqualTo(reason);
  }

  private static Arguments fault(RejectReason reason, String message, ObservedSpectrum spectrum) {
    return Arguments.of(reason, message, spectrum);
  }

  private static Arm arm(WavelengthGrid grid) {
    float[] ones = new float[grid.pixels()];
    Arrays.fill(ones, 1);
    return new Arm("b", grid, Medium.VACUUM, ones, ones, null);
  }

  private static Arm[] copies(int count) {
    Arm[] arms = new Arm[count];
    Arrays.fill(arms, arm(GRID));
    return arms;
  }

  private static ObservedSpectrum explicit(double... wavelengths) {
    return spectrum(arm(new WavelengthGrid.Explicit(wavelengths)));
  }

  private static ObservedSpectrum header(String spectrumId, String targetId) {
    return header(spectrumId, targetId, 10.0, 0.0, 900.0, null);
  }

  private static ObservedSpectrum header(
      String spectrumId, String targetId, Double ra, Double dec, Double seconds, String night) {
    Observation o = observation();
    return with(
        new Observation(
            spectrumId,
            targetId,
            ObjectKind.TARGET,
            o.survey(),
            o.programme(),
            o.fieldId(),
            o.exposureId(),
            o.fibre(),
            ra,
            dec,
            o.mjd(),
            seconds,
            o.reductionVersion(),
            night,
            null));
  }

  private static ObservedSpectrum at(double mjd) {
    Observation o = observation();
    return with(
        new Observation(
            o.spectrumId(),
            o.targetId(),
            o.kind(),
            o.survey(),
            o.programme(),
            o.fieldId(),
            o.exposureId(),
            o.fibre(),
            o.raDeg(),
            o.decDeg(),
            mjd,
            o.exposureSeconds(),
            o.reductionVersion(),
            null,
            null));
  }

  private static ObservedSpectrum with(Observation observation) {
    return new ObservedSpectrum(observation, List.of(arm(GRID)));
  }
}
