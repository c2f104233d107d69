package org.nightglass.simulate;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * A night of a survey, fibre by fibre: one field after another, one exposure of 900 s each, from
 * 19:30 local time; a field's programme goes by its turn. Four fibres in a hundred lie on empty sky
 * and three on standard stars.
 *
 * <p>A night holds {@value #FIELDS_PER_NIGHT} fields; what goes beyond starts the same night's
 * clock again, as a second telescope would. Needs no files. Safe for use by several threads.
 */
public final class NightSimulator {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.5797, 1e-4, 3842);
  private static final double EXPOSURE_SECONDS = 900;
  private static final double OVERHEAD_SECONDS = 120;
  private static final double SECONDS_PER_DAY = 86_400;

  private static final double EVENING_HOURS = 19.5;

  private static final int FIELDS_PER_NIGHT = 36;
  private static final double SKY_SHARE = 0.04;
  private static final double STANDARD_SHARE = 0.03;
  private static final double STANDARD_MAGNITUDE = 17;

  private final long seed;
  private final NightSurvey survey;
  private final String night;
  private final int fibresPerField;
  private final double startMjd;
  private final SourceLibrary sources = new SurveyLibrary(List.of(new ParametricLibrary()));
  private final Instrument instrument = new Instrument(GRID);
  private final Map<Spectrograph, SurveySpectra> surveys = new ConcurrentHashMap<>();

  /**
   * @param seed the same seed gives the same night, to the byte
   * @param night local date at the start of the night, YYYYMMDD
   * @param fibresPerField at least 1
   */
  public NightSimulator(long seed, String night, int fibresPerField) {
    this(seed, NightSurvey.SDSS, night, fibresPerField);
  }

  /**
   * @param seed the same seed gives the same night, to the byte
   * @param survey whose night it is
   * @param night local date at the start of the night, YYYYMMDD
   * @param fibresPerField at least 1
   */
  public NightSimulator(long seed, NightSurvey survey, String night, int fibresPerField) {
    if (fibresPerField < 1) {
      throw new IllegalArgumentException(
          "fibres per field must be at least 1, got " + fibresPerField);
    }
    this.seed = seed;
    this.survey = survey;
    this.night = night;
    this.fibresPerField = fibresPerField;
    this.startMjd =
        date(night).getLong(JulianFields.MODIFIED_JULIAN_DAY)
            + (EVENING_HOURS - survey.hoursFromUtc()) / 24;
  }

  private static LocalDate date(String night) {
    try {
      return LocalDate.parse(night, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("night must be a date YYYYMMDD, got '" + night + "'", e);
    }
  }

  /**
   * The spectrum of a fibre; the same whatever was asked for before.
   *
   * @param index counts fibres, field after field, from 0
   */
  public SimulatedSpectrum spectrum(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative, got " + index);
    }
    SplittableRandom random = Seeds.generator(seed, index);
    double lot = random.nextDouble();
    ObjectKind kind =
        lot < SKY_SHARE
            ? ObjectKind.SKY
            : lot < SKY_SHARE + STANDARD_SHARE ? ObjectKind.STANDARD : ObjectKind.TARGET;
    SurveyProgramme programme = survey.programme(index / fibresPerField).targets();
    return programme == null
        ? evenly(index, kind, random)
        : surveyed(index, kind, programme, random);
  }

  private SimulatedSpectrum evenly(int index, ObjectKind kind, SplittableRandom random) {
    if (kind == ObjectKind.SKY) {
      return simulated(index, kind, arm(instrument.observeSky(random)), new Truth(Truth.SKY, 0, 0));
    }
    SourceClass sourceClass = kind == ObjectKind.STANDARD ? SourceClass.STAR : target(random);
    double z = Redshifts.draw(sourceClass, random);
    double snr =
        kind == ObjectKind.STANDARD ? Draw.uniform(random, 15, 40) : Draw.logUniform(random, 1, 25);
    double[] flux = new double[GRID.pixels()];
    sources.write(sourceClass, z, random, GRID, flux);
    Instrument.Observed observed = instrument.observe(flux, snr, random);
    return simulated(index, kind, arm(observed), new Truth(sourceClass.name(), z, snr));
  }

  /** Through the survey's own spectrograph, under a dark and clear sky. */
  private SimulatedSpectrum surveyed(
      int index, ObjectKind kind, SurveyProgramme programme, SplittableRandom random) {
    SurveySpectra spectra =
        surveys.computeIfAbsent(
            programme.spectrograph(), by -> new SurveySpectra(seed, by, sources));
    SurveySpectra.Exposure exposure =
        new SurveySpectra.Exposure(EXPOSURE_SECONDS, SkyConditions.DARK);
    if (kind == ObjectKind.SKY) {
      SurveySpectra.Observed sky = spectra.sky(index, /* exposure= */ 0, exposure);
      return simulated(index, kind, sky.arms(), sky.truth());
    }
    SurveyProgramme.Target target =
        kind == ObjectKind.STANDARD
            ? new SurveyProgramme.Target(
                SourceKind.STAR, Redshifts.draw(SourceClass.STAR, random), STANDARD_MAGNITUDE)
            : programme.draw(random);
    SurveySpectra.Observed observed =
        spectra.spectrum(
            index, /* exposure= */ 0, target.kind(), target.z(), target.magnitude(), exposure);
    Truth family =
        new Truth(target.kind().sourceClass().name(), observed.truth().z(), observed.truth().snr());
    return simulated(index, kind, observed.arms(), family);
  }

  private static List<Arm> arm(Instrument.Observed observed) {
    return List.of(
        new Arm("sdss", GRID, Medium.VACUUM, observed.flux(), observed.ivar(), /* mask= */ null));
  }

  /** Six targets in ten are galaxies, a quarter quasars. */
  private static SourceClass target(SplittableRandom random) {
    double lot = random.nextDouble();
    return lot < 0.6 ? SourceClass.GALAXY : lot < 0.85 ? SourceClass.QSO : SourceClass.STAR;
  }

  private SimulatedSpectrum simulated(int index, ObjectKind kind, List<Arm> arms, Truth truth) {
    int field = index / fibresPerField;
    int fibre = index % fibresPerField + 1;
    SplittableRandom sky = Seeds.generator(seed ^ 0x5ca1ab1eL, field);
    SplittableRandom place = Seeds.generator(seed ^ 0xf1b7eL, index);
    double fieldDec = Draw.uniform(sky, 0, 60);
    double fieldRa = Draw.uniform(sky, 0, 360);
    double dec = fieldDec + Draw.uniform(place, -1.2, 1.2);
    double ra = fieldRa + Draw.uniform(place, -1.2, 1.2) / Math.cos(Math.toRadians(fieldDec)) + 360;
    int slot = field % FIELDS_PER_NIGHT;
    double mjd = startMjd + slot * (EXPOSURE_SECONDS + OVERHEAD_SECONDS) / SECONDS_PER_DAY;
    String fieldId = "F%04d".formatted(field + 1);
    String exposureId = "%s-%05d".formatted(night, field + 1);
    Observation observation =
        new Observation(
            "%s-%04d".formatted(exposureId, fibre),
            "SIM-%s-%04d-%08x".formatted(fieldId, fibre, (int) place.nextLong()),
            kind,
            survey.name(),
            survey.programme(field).name(),
            fieldId,
            exposureId,
            fibre,
            ra % 360,
            dec,
            mjd,
            EXPOSURE_SECONDS,
            "sim1",
            night,
            kind == ObjectKind.TARGET ? truth.label() : null);
    return new SimulatedSpectrum(new ObservedSpectrum(observation, arms), truth);
  }
}
