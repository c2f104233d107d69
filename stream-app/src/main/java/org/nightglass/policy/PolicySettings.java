package org.nightglass.policy;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.nightglass.decide.Warning;

/**
 * Every key of a programme's policy, defined once: {@code programme.NAME.KEY}, and for those marked
 * so {@code programme.NAME.class.CLASS.KEY} too.
 */
public final class PolicySettings {
  static final String CLASS_PROBABILITY = "accept.class.probability";
  static final String RELATIVE_ERROR = "accept.z.err";
  static final String SNR = "accept.snr";
  static final String REDSHIFT = "accept.redshift";
  static final String MODEL = "accept.model.good.z";
  static final String FORBIDDEN = "accept.forbidden.warnings";
  static final String OBSERVATIONS_GOOD = "observations.good";
  static final String OBSERVATIONS_FAILED = "observations.failed";
  static final String DONE_BY = "done.by";
  static final String SUCCESS_RULES = "success.rules";
  static final String EXPOSURES = "exposures";
  static final String GOAL_SNR = "goal.snr";
  static final String GOAL_SECONDS = "goal.effective.seconds";
  static final String MIN_TIME_FRACTION = "min.time.fraction";
  static final String MIN_GOOD_FIBRES = "min.good.fibres";
  static final String MAX_EXPOSURE = "max.exposure.seconds";
  static final String CAP = "cap.seconds";

  static final String REQUIRED = "required";
  static final String UNLESS_STAR = "unless-star";
  static final String NOT_REQUIRED = "not-required";

  /** Keys that may be given for one class. */
  static final List<String> BY_CLASS =
      List.of(
          CLASS_PROBABILITY,
          RELATIVE_ERROR,
          SNR,
          REDSHIFT,
          MODEL,
          FORBIDDEN,
          OBSERVATIONS_GOOD,
          OBSERVATIONS_FAILED);

  /** The keys of one programme, without their prefix. */
  public static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              CLASS_PROBABILITY,
              Type.DOUBLE,
              0.5,
              between(0, 1),
              MEDIUM,
              "Least probability of the class with which a result is classified, and a redshift good. The subclasses of a"
                  + " family share its probability; that the family is certain is the model's own condition"
                  + " (accept.model.good.z).")
          .define(
              RELATIVE_ERROR,
              Type.DOUBLE,
              0.005,
              atLeast(0),
              MEDIUM,
              "Greatest z_err/(1+z) of a good redshift.")
          .define(SNR, Type.DOUBLE, 0.5, null, MEDIUM, "Least median S/N per pixel.")
          .define(
              REDSHIFT,
              Type.STRING,
              UNLESS_STAR,
              ValidString.in(REQUIRED, UNLESS_STAR, NOT_REQUIRED),
              MEDIUM,
              "Whether a good result needs a redshift; a star is good by its class alone unless this says required.")
          .define(
              MODEL,
              Type.BOOLEAN,
              true,
              MEDIUM,
              "Whether the acceptance of the model's card (good_z) must hold too, where a redshift is needed.")
          .define(
              FORBIDDEN,
              Type.LIST,
              "NO_DATA,LITTLE_COVERAGE,OUT_OF_DISTRIBUTION,BAD_CALIBRATION",
              new WarningNames(),
              MEDIUM,
              "Warnings with which nothing is good.")
          .define(
              OBSERVATIONS_GOOD,
              Type.INT,
              0,
              between(0, 1000),
              MEDIUM,
              "Observations that a target with a good redshift deserves, by the class found. 0: as the plan says"
                  + " (num_obs_init).")
          .define(
              OBSERVATIONS_FAILED,
              Type.INT,
              2,
              between(0, 1000),
              MEDIUM,
              "Observations after which a target without a good redshift is given up, by the class it was selected as."
                  + " 0: as the plan says.")
          .define(
              DONE_BY,
              Type.STRING,
              "redshift",
              ValidString.in("redshift", "rules", "both"),
              MEDIUM,
              "What makes a target good: a good redshift, success.rules, or both.")
          .define(
              SUCCESS_RULES,
              Type.STRING,
              "",
              MEDIUM,
              "Rules of S/N per pixel in windows of Å: median(4200-5000) >= 2 and (mean(5400-6600) >= 5 or mean(7000-7800)"
                  + " >= 5). Empty: none.")
          .define(
              EXPOSURES,
              Type.STRING,
              "single",
              ValidString.in("single", "coadded"),
              MEDIUM,
              "single: a target's spectra add up. coadded: each holds all exposures before it, the deepest counts.")
          .define(
              GOAL_SNR,
              Type.DOUBLE,
              null,
              new Positive(),
              MEDIUM,
              "Goal for the median S/N per pixel, where the plan sets none; effective time is measured against it.")
          .define(
              GOAL_SECONDS,
              Type.DOUBLE,
              null,
              new Positive(),
              MEDIUM,
              "Goal for the effective exposure time in seconds, where the plan sets none (DESI GOALTIME).")
          .define(
              MIN_TIME_FRACTION,
              Type.DOUBLE,
              0.9,
              between(0, 1),
              MEDIUM,
              "Median effective-time fraction of the good fibres from which a field is done (DESI MINTFRAC).")
          .define(
              MIN_GOOD_FIBRES,
              Type.INT,
              null,
              new Positive(),
              MEDIUM,
              "Good fibres from which a field is done, where the plan sets none.")
          .define(
              MAX_EXPOSURE,
              Type.DOUBLE,
              null,
              new Positive(),
              MEDIUM,
              "Longest single exposure in seconds, where the plan sets none (DESI MAX_EXPTIME).")
          .define(
              CAP,
              Type.DOUBLE,
              36_000.0,
              new Positive(),
              MEDIUM,
              "Remaining or extra exposure time in seconds beyond which no number is given: the estimate holds no longer.");

  private PolicySettings() {}

  /** Greater than 0, or nothing. */
  private static final class Positive implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
      if (value instanceof Number number && !(number.doubleValue() > 0 && finite(number))) {
        throw new ConfigException(name, value, "must be greater than 0");
      }
    }

    private static boolean finite(Number number) {
      return !Double.isInfinite(number.doubleValue());
    }

    @Override
    public String toString() {
      return "greater than 0, or nothing";
    }
  }

  /** Names of warnings. */
  private static final class WarningNames implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
      List<String> known = Arrays.stream(Warning.values()).map(Warning::name).toList();
      for (Object warning : (List<?>) value) {
        if (!known.contains(warning.toString()) && !warning.toString().isEmpty()) {
          throw new ConfigException(name, value, warning + " is no warning");
        }
      }
    }

    @Override
    public String toString() {
      return Arrays.stream(Warning.values()).map(Warning::name).collect(Collectors.joining(", "));
    }
  }
}
