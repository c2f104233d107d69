package org.nightglass.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Step.Input;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.schemas.serde.TrustedClasses;

/** Writes the records of a random history: plans, results and rejects, good and bad. */
final class HistoryRecords {
  static {
    TrustedClasses.trust(SpectrumResult.class); // for the defaults that its builder sets
  }

  private static final Instant NOW = Instant.parse("2025-12-22T12:00:00Z");
  private static final Instant PLANNED = Instant.parse("2025-12-21T20:00:00Z");
  private static final LocalDate MJD_ZERO = LocalDate.of(1858, 11, 17);
  private static final int FIELDS = 4;

  /**
   * The records of one plan key.
   *
   * @param field the one that comes last
   */
  record Chain(List<Step> steps, String field) {}

  private final String name;
  private final List<String> nights;
  private final Random random;
  private int emitted;

  HistoryRecords(String name, List<String> nights, Random random) {
    this.name = name;
    this.nights = nights;
    this.random = random;
  }

  /** What a night's plan says of a target, from its first to its last record. */
  Chain plan(String night, String target) {
    String key = night + "/" + target;
    List<Step> steps = new ArrayList<>();
    String field = field();
    steps.add(planned(night, target, field, programme(field), plan -> {}));
    int more = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
    for (int i = 0; i < more; i++) {
      switch (random.nextInt(6)) {
        case 0 -> steps.add(new Step(Input.PLAN, key, null));
        case 1 -> steps.add(planned(night, target, field, "grey", plan -> {}));
        case 2 ->
            steps.add(
                planned(night, target, field, programme(field), plan -> plan.setGoalSnr(-1.0)));
        case 3 -> { // a contradiction, unless the target was withdrawn before
          String other = field();
          steps.add(planned(night, target, other, programme(other), plan -> {}));
        }
        case 4 -> { // moved to another field as it should be
          field = field();
          steps.add(new Step(Input.PLAN, key, null));
          steps.add(planned(night, target, field, programme(field), plan -> {}));
        }
        default -> steps.add(planned(night, target, field, programme(field), plan -> {}));
      }
    }
    if (random.nextInt(5) == 0) {
      steps.add(steps.get(steps.size() - 1)); // sent twice
    }
    return new Chain(List.copyOf(steps), field);
  }

  private String field() {
    return name + "-F" + random.nextInt(FIELDS);
  }

  private static String programme(String field) {
    return (field.charAt(field.length() - 1) - '0') % 2 == 0 ? "dark" : "bright";
  }

  private Step planned(
      String night,
      String target,
      String field,
      String programme,
      Consumer<PlannedTarget.Builder> more) {
    PlannedTarget.Builder plan =
        PlannedTarget.newBuilder()
            .setNight(night)
            .setTargetId(target)
            .setSurvey("test")
            .setProgramme(programme)
            .setFieldId(field)
            .setSelectedAs(Histories.oneOf(random, "QSO", "QSO", "GALAXY", "STAR", "", null))
            .setAssigned(random.nextInt(6) > 0)
            .setNumObsInit(1 + random.nextInt(4))
            .setPlannedAt(PLANNED);
    more.accept(plan);
    return new Step(Input.PLAN, night + "/" + target, plan.build());
  }

  /** Spectra of a target, and what became of each of them. */
  List<Step> spectra(String target, @Nullable String usualField, int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String spectrum = target + "-s" + i;
      String field = usualField == null || random.nextInt(6) == 0 ? field() : usualField;
      String night = nights.get(random.nextInt(nights.size()));
      int fate = random.nextInt(10);
      if (fate < 2) {
        steps.addAll(rejects(target, spectrum, night, field, "TARGET"));
      }
      if (fate > 0) { // of those rejected, half come to a result after all
        steps.addAll(results(target, spectrum, night, field, ObjectKind.TARGET));
      }
    }
    return steps;
  }

  /** Spectra of empty sky, all under one target id as surveys write them. */
  List<Step> skyFibres(int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String night = nights.get(random.nextInt(nights.size()));
      String spectrum = name + "-sky" + i;
      if (random.nextInt(5) == 0) {
        steps.addAll(rejects("sky", spectrum, night, field(), "SKY"));
      }
      steps.addAll(results("sky", spectrum, night, field(), ObjectKind.SKY));
    }
    return steps;
  }

  /** Spectra of standard stars, which count nowhere. */
  List<Step> standards(int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String night = nights.get(random.nextInt(nights.size()));
      String spectrum = name + "-std" + i;
      steps.addAll(results(spectrum, spectrum, night, field(), ObjectKind.STANDARD));
      steps.addAll(rejects(spectrum, spectrum + "b", night, field(), "STANDARD"));
    }
    return steps;
  }

  private List<Step> results(
      String target, String spectrum, String night, String field, ObjectKind kind) {
    List<Step> steps = new ArrayList<>();
    String programme = random.nextInt(8) == 0 ? "backup" : programme(field);
    steps.add(result(target, spectrum, night, field, programme, kind));
    while (random.nextInt(3) == 0) { // reprocessed, judged by another model, or sent again
      String later = random.nextInt(8) == 0 ? nights.get(random.nextInt(nights.size())) : night;
      steps.add(result(target, spectrum, later, field, programme, kind));
    }
    return steps;
  }

  private Step result(
      String target,
      String spectrum,
      String night,
      String field,
      String programme,
      ObjectKind kind) {
    String label = String.valueOf(Histories.oneOf(random, "QSO", "QSO", "GALAXY", "STAR_A0"));
    boolean redshift = random.nextInt(6) > 0;
    boolean declared = random.nextInt(10) == 0; // of an application that knows no observatory
    long bits =
        random.nextInt(4) == 0 ? 1L << List.of(0, 1, 2, 6, 7, 11).get(random.nextInt(6)) : 0;
    SpectrumResult result =
        SpectrumResult.newBuilder()
            .setSpectrumId(spectrum)
            .setTargetId(target)
            .setKind(kind)
            .setSurvey("test")
            .setProgramme(programme)
            .setFieldId(field)
            .setExposureId(night + field + "-e" + random.nextInt(3))
            .setFibre(random.nextInt(500))
            .setMjd(mjd(night) + 0.25 + random.nextInt(3) * 0.03125)
            .setExposureSeconds(random.nextInt(8) == 0 ? null : (Double) 900.0)
            .setReductionVersion(String.valueOf(Histories.oneOf(random, "1.2", "1.9", "1.10")))
            .setNight(declared ? null : night)
            .setNightDeclared(declared ? night : null)
            .setSelectedAs(Histories.oneOf(random, "QSO", "GALAXY", null))
            .setClassLabel(label)
            .setClassProbability(0.7 + random.nextInt(30) / 100.0)
            .setProbabilities(List.of())
            .setZ(redshift ? (Double) (0.01 + random.nextInt(250) / 100.0) : null)
            .setZErr(redshift ? (Double) (0.0005 * (1 + random.nextInt(20))) : null)
            .setGoodZ(redshift && random.nextInt(5) > 0)
            .setWarningBits(bits)
            .setSnr(random.nextInt(400) / 100.0)
            .setCoverage(1)
            .setModelName("m")
            .setModelVersion(random.nextInt(4) == 0 ? "2" : "1")
            .setSourceTopic("spectra")
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setEventTime(NOW)
            .setIngestedAt(NOW)
            .setReceivedAt(NOW)
            .setEmittedAt(NOW.plusMillis(shuffledEmission()))
            .build();
    return new Step(Input.RESULTS, target, result);
  }

  /** A time that no other result has; not in the order of writing. */
  private long shuffledEmission() {
    emitted++;
    return random.nextInt(1000) * 100_000L + emitted;
  }

  private static double mjd(String night) {
    LocalDate date = LocalDate.parse(night, DateTimeFormatter.BASIC_ISO_DATE);
    return date.toEpochDay() - MJD_ZERO.toEpochDay() + 1;
  }

  private List<Step> rejects(
      String target, String spectrum, String night, String field, String kind) {
    List<Step> steps = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    boolean headless = random.nextInt(4) == 0; // what could be read of it does not name the field
    for (int i = 0; i < count; i++) {
      emitted++;
      steps.add(
          new Step(
              Input.REJECTS,
              target,
              Reject.newBuilder()
                  .setReason(
                      String.valueOf(
                          Histories.oneOf(random, "NO_GOOD_PIXEL", "BAD_HEADER", "TOO_LARGE")))
                  .setMessage("test")
                  .setSpectrumId(spectrum)
                  .setTargetId(target)
                  .setKind(kind)
                  .setSurvey(headless ? "" : "test")
                  .setProgramme(headless ? "" : programme(field))
                  .setFieldId(headless ? null : field)
                  .setExposureId(headless ? null : night + field + "-e0")
                  .setNight(night)
                  .setSourceTopic("spectra")
                  .setSourcePartition(0)
                  .setSourceOffset(0)
                  .setIngestedAt(NOW)
                  .setReceivedAt(NOW)
                  .setRejectedAt(NOW.plusMillis(shuffledEmission()))
                  .setApplicationId("test")
                  .setApplicationVersion("1")
                  .build()));
    }
    return steps;
  }
}
