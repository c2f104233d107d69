package org.nightglass.system;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nightglass.account.Step;
import org.nightglass.account.Step.Input;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.schemas.serde.TrustedClasses;

/**
 * Nights after DESI's: 40 fields, one exposure each, every fate of a fibre known. The truth is
 * counted fibre by fibre as the fates are drawn; some spectra are resent, some reprocessed.
 */
final class DesiNight {
  static {
    TrustedClasses.trust(SpectrumResult.class); // for the defaults that its builder sets
  }

  static final int FIELDS = 40;
  private static final double EXPOSURE_DAYS = 900 / 86_400.0;
  private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);
  private static final LocalDate MJD_ZERO = LocalDate.of(1858, 11, 17);
  private static final Instant PLANNED = Instant.parse("2026-01-31T20:00:00Z");

  private final int index;
  private final int fibres;
  private final String night;

  /** Counts by key of night-yield; those of the survey are the sums over nights. */
  final Map<String, SortedMap<String, Long>> truth = new TreeMap<>();

  /** Records that {@link #observe} gives. */
  long observed;

  /**
   * @param index 0 for the first night
   * @param fibres of each field
   */
  DesiNight(int index, int fibres) {
    this.index = index;
    this.fibres = fibres;
    this.night = FIRST.plusDays(index).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  static String programme(int field) {
    return field % 10 < 6 ? "dark" : field % 10 < 9 ? "bright" : "backup";
  }

  private String field(int field) {
    return "tile-" + index + "-" + field;
  }

  /** The night's plan: every fibre a target of its own. */
  void plan(Consumer<Step> each) {
    for (int field = 0; field < FIELDS; field++) {
      for (int fibre = 0; fibre < fibres; fibre++) {
        String target = field(field) + "-" + fibre;
        PlannedTarget plan =
            PlannedTarget.newBuilder()
                .setNight(night)
                .setTargetId(target)
                .setSurvey("desi")
                .setProgramme(programme(field))
                .setFieldId(field(field))
                .setRaDeg(180.0 + field)
                .setDecDeg(20.0 + fibre * 1e-4)
                .setSelectedAs(fibre % 3 == 0 ? "QSO" : "GALAXY")
                .setPlannedExposureSeconds(900.0)
                .setPlannedAt(PLANNED)
                .build();
        each.accept(new Step(Input.PLAN, night + "/" + target, plan));
        count(field, "targeted", 1);
        count(field, "assigned", 1);
      }
    }
  }

  /** The observer's word that the night is over. */
  Step closed() {
    return new Step(
        Input.NIGHT_EVENTS,
        night,
        new NightEvent(
            night, "kpno", NightEventType.CLOSED, Instant.now(), "observer", null, null));
  }

  /** The night's results and rejects, field by field. */
  void observe(Consumer<Step> each) {
    Random random = new Random(20260201L + index);
    Consumer<Step> counted =
        step -> {
          observed++;
          each.accept(step);
        };
    for (int field = 0; field < FIELDS; field++) {
      List<Step> later = new ArrayList<>();
      for (int fibre = 0; fibre < fibres; fibre++) {
        observe(field, fibre, random, counted, later);
      }
      later.forEach(counted);
    }
  }

  private void observe(int field, int fibre, Random random, Consumer<Step> each, List<Step> later) {
    double fate = random.nextDouble();
    String label = List.of("GALAXY", "QSO", "STAR").get(random.nextInt(3));
    if (fate < 0.02) {
      return; // broken fibre: nothing arrives
    }
    count(field, "observed", 1);
    count(field, "assigned and observed", 1);
    if (fate < 0.03) {
      each.accept(reject(field, fibre));
      count(field, "rejected_events", 1);
      return;
    }
    count(field, "spectra", 1);
    boolean valid = fate >= 0.05;
    boolean good = fate >= 0.2;
    boolean reprocessed = fate >= 0.98; // fails at first, good in the next reduction
    each.accept(result(field, fibre, label, valid, good && !reprocessed, "1"));
    if (reprocessed) {
      later.add(result(field, fibre, label, true, true, "2"));
    } else if (fate > 0.96) {
      later.add(result(field, fibre, label, valid, good, "1")); // sent again
    }
    if (valid) {
      count(field, "valid", 1);
      count(field, "classified", 1);
      ofClass(field, label, good);
    }
    if (good) {
      count(field, "good_z", 1);
      count(field, "targeted and good", 1);
    }
  }

  private void ofClass(int field, String label, boolean good) {
    for (String programme : List.of("", programme(field))) {
      SortedMap<String, Long> counts =
          truth.computeIfAbsent(night + "/" + programme + "//>" + label, key -> new TreeMap<>());
      counts.merge("valid", 1L, Long::sum);
      if (good) {
        counts.merge("good_z", 1L, Long::sum);
      }
    }
  }

  private void count(int field, String name, long by) {
    for (String key :
        List.of(
            night + "///",
            night + "/" + programme(field) + "//",
            night + "/" + programme(field) + "/" + field(field) + "/")) {
      truth.computeIfAbsent(key, unused -> new TreeMap<>()).merge(name, by, Long::sum);
    }
  }

  private double mjd(int field) {
    return FIRST.plusDays(index).toEpochDay() - MJD_ZERO.toEpochDay() + 1.1 + field * EXPOSURE_DAYS;
  }

  private Step result(
      int field, int fibre, String label, boolean valid, boolean good, String reduction) {
    String target = field(field) + "-" + fibre;
    Instant now = Instant.now();
    SpectrumResult result =
        SpectrumResult.newBuilder()
            .setSpectrumId(target + "-s")
            .setTargetId(target)
            .setKind(ObjectKind.TARGET)
            .setSurvey("desi")
            .setProgramme(programme(field))
            .setFieldId(field(field))
            .setExposureId(field(field) + "-e1")
            .setFibre(fibre)
            .setRaDeg(180.0 + field)
            .setDecDeg(20.0 + fibre * 1e-4)
            .setMjd(mjd(field))
            .setExposureSeconds(900.0)
            .setReductionVersion(reduction)
            .setNight(night)
            .setSelectedAs(fibre % 3 == 0 ? "QSO" : "GALAXY")
            .setClassLabel(label)
            .setClassProbability(0.99)
            .setProbabilities(List.of())
            .setZ(label.equals("STAR") ? null : (Double) (0.1 + fibre % 100 / 50.0))
            .setZErr(label.equals("STAR") ? null : (Double) 2e-4)
            .setGoodZ(good)
            .setWarningBits(valid ? 0 : 1L << 1)
            .setSnr(good ? 1 + fibre % 40 / 10.0 : 0.1)
            .setCoverage(1)
            .setModelName("m")
            .setModelVersion("1")
            .setSourceTopic("spectra")
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setEventTime(now)
            .setIngestedAt(now)
            .setReceivedAt(now)
            .setEmittedAt(now)
            .build();
    return new Step(Input.RESULTS, target, result);
  }

  private Step reject(int field, int fibre) {
    String target = field(field) + "-" + fibre;
    Instant now = Instant.now();
    return new Step(
        Input.REJECTS,
        target,
        Reject.newBuilder()
            .setReason("NO_GOOD_PIXEL")
            .setMessage("no pixel with information")
            .setSpectrumId(target + "-s")
            .setTargetId(target)
            .setKind("TARGET")
            .setSurvey("desi")
            .setProgramme(programme(field))
            .setFieldId(field(field))
            .setExposureId(field(field) + "-e1")
            .setNight(night)
            .setSourceTopic("spectra")
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setIngestedAt(now)
            .setReceivedAt(now)
            .setRejectedAt(now)
            .setApplicationId("test")
            .setApplicationVersion("1")
            .build());
  }
}
