package org.nightglass.prepare;

import static org.nightglass.spectrum.RejectReason.BAD_HEADER;
import static org.nightglass.spectrum.RejectReason.BAD_WAVELENGTHS;
import static org.nightglass.spectrum.RejectReason.FUTURE_OBSERVATION;
import static org.nightglass.spectrum.RejectReason.LENGTH_MISMATCH;
import static org.nightglass.spectrum.RejectReason.NO_GOOD_PIXEL;
import static org.nightglass.spectrum.RejectReason.TOO_LARGE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Checks a spectrum before any work is spent on it. The first fault found is thrown: a spectrum is
 * rejected for one reason.
 *
 * <p>Pixels whose flux or ivar is not finite, or whose ivar is negative, are no fault: they carry
 * no information ({@link Arm#good}), and a spectrum falls only when no good pixel is left.
 */
public final class SpectrumValidator {
  private static final double MJD_OF_UNIX_EPOCH = 40_587;
  private static final double SECONDS_PER_DAY = 86_400;

  private final SpectrumLimits limits;

  public SpectrumValidator(SpectrumLimits limits) {
    this.limits = limits;
  }

  /**
   * @param spectrum what to check
   * @param now the time of the check, against which exposures of the future are told
   * @throws BadSpectrumException with the reason, the value and the limit
   */
  public void validate(ObservedSpectrum spectrum, Instant now) {
    checkHeader(spectrum.observation(), now);
    checkSizes(spectrum);
    int good = 0;
    for (int a = 0; a < spectrum.arms().size(); a++) {
      Arm arm = spectrum.arms().get(a);
      checkWavelengths(arm, where(arm, a));
      good += goodPixels(arm);
    }
    if (good == 0) {
      throw bad(
          NO_GOOD_PIXEL,
          "none of %d pixels carries information (finite flux, ivar above 0, no mask bit)",
          spectrum.arms().stream().mapToInt(arm -> arm.flux().length).sum());
    }
  }

  private void checkHeader(Observation observation, Instant now) {
    checkId("spectrum id", observation.spectrumId());
    checkId("target id", observation.targetId());
    checkId("survey", observation.survey());
    checkId("programme", observation.programme());
    checkId("field id", observation.fieldId());
    checkId("exposure id", observation.exposureId());
    checkId("reduction version", observation.reductionVersion());
    checkLength("selected-as class", observation.selectedAs());
    checkNight(observation.night());
    checkRange("right ascension", observation.raDeg(), 0, Math.nextDown(360.0), "degrees");
    checkRange("declination", observation.decDeg(), -90, 90, "degrees");
    checkRange("exposure time", observation.exposureSeconds(), 0, Double.MAX_VALUE, "seconds");
    checkTime(observation.mjd(), now);
  }

  private void checkTime(double mjd, Instant now) {
    if (!(mjd >= limits.minMjd()) || mjd == Double.POSITIVE_INFINITY) {
      throw bad(
          BAD_HEADER,
          "MJD is %s; it must be a finite number of days from %s on",
          mjd,
          limits.minMjd());
    }
    double latest = mjd(now) + days(limits.futureTolerance());
    if (mjd > latest) {
      throw bad(
          FUTURE_OBSERVATION,
          "MJD is %s, but the latest that can be now is %.5f (the clock, plus %s)",
          mjd,
          latest,
          limits.futureTolerance());
    }
  }

  private static double mjd(Instant instant) {
    return MJD_OF_UNIX_EPOCH + instant.toEpochMilli() / 1000.0 / SECONDS_PER_DAY;
  }

  private static double days(Duration duration) {
    return duration.toMillis() / 1000.0 / SECONDS_PER_DAY;
  }

  private void checkId(String what, String id) {
    if (id.isBlank()) {
      throw bad(BAD_HEADER, "%s is empty", what);
    }
    checkLength(what, id);
  }

  private void checkLength(String what, @Nullable String text) {
    if (text != null && text.length() > limits.maxIdLength()) {
      throw bad(
          BAD_HEADER,
          "%s has %d characters, the limit is %d; it begins '%s'",
          what,
          text.length(),
          limits.maxIdLength(),
          text.substring(0, 32));
    }
  }

  private void checkNight(@Nullable String night) {
    checkLength("night", night);
    if (night == null) {
      return;
    }
    try {
      LocalDate.parse(night, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw bad(BAD_HEADER, "night is '%s'; it must be a date as YYYYMMDD", night);
    }
  }

  private static void checkRange(
      String what, @Nullable Double value, double from, double to, String unit) {
    if (value != null && !(value >= from && value <= to)) {
      throw bad(BAD_HEADER, "%s is %s; it must lie in %s to %s %s", what, value, from, to, unit);
    }
  }

  private void checkSizes(ObservedSpectrum spectrum) {
    int arms = spectrum.arms().size();
    if (arms == 0) {
      throw bad(NO_GOOD_PIXEL, "the spectrum has no arm");
    }
    if (arms > limits.maxArms()) {
      throw bad(TOO_LARGE, "the spectrum has %d arms, the limit is %d", arms, limits.maxArms());
    }
    long pixels = 0;
    for (Arm arm : spectrum.arms()) {
      pixels += Math.max(arm.grid().pixels(), arm.flux().length);
    }
    if (pixels > limits.maxPixels()) {
      throw bad(
          TOO_LARGE, "the spectrum has %d pixels, the limit is %d", pixels, limits.maxPixels());
    }
    for (int a = 0; a < arms; a++) {
      checkLengths(spectrum.arms().get(a), where(spectrum.arms().get(a), a));
    }
  }

  private void checkLengths(Arm arm, String where) {
    checkLength("the name of an arm", arm.name());
    int pixels = arm.grid().pixels();
    int[] mask = arm.mask();
    if (arm.flux().length != pixels
        || arm.ivar().length != pixels
        || (mask != null && mask.length != pixels)) {
      throw bad(
          LENGTH_MISMATCH,
          "%s: grid %d, flux %d, ivar %d, mask %s pixels",
          where,
          pixels,
          arm.flux().length,
          arm.ivar().length,
          mask == null ? "no" : Integer.toString(mask.length));
    }
    if (pixels < 2) {
      throw bad(BAD_WAVELENGTHS, "%s: %d pixels; at least 2 are needed", where, pixels);
    }
  }

  /** Regular grids are told by their ends and step, explicit ones pixel by pixel. */
  private void checkWavelengths(Arm arm, String where) {
    WavelengthGrid grid = arm.grid();
    int last = grid.pixels() - 1;
    checkWavelength(grid, 0, where);
    checkWavelength(grid, last, where);
    if (grid instanceof WavelengthGrid.Explicit) {
      for (int i = 1; i <= last; i++) {
        checkRises(grid, i, where);
      }
    } else {
      // Where a regular grid's step is lost in rounding, it is lost at the longest wavelength.
      checkRises(grid, last, where);
    }
  }

  private void checkWavelength(WavelengthGrid grid, int pixel, String where) {
    double wavelength = grid.wavelength(pixel);
    if (!(wavelength >= limits.minWavelength() && wavelength <= limits.maxWavelength())) {
      throw bad(
          BAD_WAVELENGTHS,
          "%s: wavelength at pixel %d is %s Å; it must lie in %s to %s Å",
          where,
          pixel,
          wavelength,
          limits.minWavelength(),
          limits.maxWavelength());
    }
  }

  private static void checkRises(WavelengthGrid grid, int pixel, String where) {
    double before = grid.wavelength(pixel - 1);
    double wavelength = grid.wavelength(pixel);
    // Negated so that NaN falls too.
    if (!(wavelength > before)) {
      throw bad(
          BAD_WAVELENGTHS,
          "%s: wavelength at pixel %d is %s Å, after %s Å; wavelengths must rise",
          where,
          pixel,
          wavelength,
          before);
    }
  }

  private static int goodPixels(Arm arm) {
    int good = 0;
    for (int i = 0; i < arm.flux().length; i++) {
      if (arm.good(i)) {
        good++;
      }
    }
    return good;
  }

  private static String where(Arm arm, int index) {
    String name = arm.name().length() <= 32 ? arm.name() : arm.name().substring(0, 32) + "…";
    return "arm %d '%s'".formatted(index, name);
  }

  private static BadSpectrumException bad(RejectReason reason, String message, Object... values) {
    return new BadSpectrumException(reason, String.format(Locale.ROOT, message, values));
  }
}
