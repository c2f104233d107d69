package org.nightglass.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Step.Input;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.TargetOverride;

/**
 * Random histories of a few nights, as a survey writes them on its worst days: plans amended,
 * withdrawn and contradicted; spectra repeated, resent, reprocessed, judged by another model,
 * rejected and redeemed; people's words out of order; nights closed, reopened and disturbed after
 * closing. Records of one plan key keep their order, as Kafka keeps it; everything else comes in
 * any order, some of it twice.
 */
public final class Histories {
  /** What the programmes of the histories want; {@link BatchPolicy} says the same in its words. */
  public static final Map<String, String> POLICIES =
      Map.of(
          "programme.default.goal.snr", "2",
          "programme.default.accept.class.probability", "0.9",
          "programme.default.observations.failed", "2",
          "programme.dark.accept.snr", "0.5",
          "programme.dark.class.QSO.observations.good", "3",
          "programme.dark.class.QSO.observations.failed", "4",
          "programme.bright.accept.snr", "1",
          "programme.bright.accept.class.probability", "0.8");

  private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 1, 1);
  private static final int MOST_NIGHTS = 4;
  private static final Instant SAID = Instant.parse("2025-12-22T00:00:00Z");

  /**
   * A history.
   *
   * @param seed that it was made from
   * @param nights its own, YYYYMMDD
   * @param phases its records; between two phases everything comes to rest
   */
  public record History(long seed, List<String> nights, List<List<Step>> phases) {
    /** All of its records up to a phase, in order. */
    public List<Step> until(int phase) {
      return phases.subList(0, phase + 1).stream().flatMap(List::stream).toList();
    }

    /** All of its records, in order. */
    public List<Step> all() {
      return until(phases.size() - 1);
    }
  }

  private final Random random;
  private final long seed;
  private final List<String> nights = new ArrayList<>();
  private final List<Step> open = new ArrayList<>();
  private final List<Step> closed = new ArrayList<>();
  private final List<Step> reopened = new ArrayList<>();
  private final List<List<List<Step>>> plans = new ArrayList<>();

  private Histories(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 20260101);
  }

  /**
   * The history of a seed. Its nights, fields, targets and spectra are its own; programmes and
   * classes it shares with the others.
   *
   * @param seed 0 or more
   */
  public static History of(long seed) {
    return new Histories(seed).write();
  }

  private History write() {
    int count = 1 + random.nextInt(MOST_NIGHTS);
    for (int i = 0; i < count; i++) {
      nights.add(
          FIRST_NIGHT.plusDays(seed * MOST_NIGHTS + i).format(DateTimeFormatter.BASIC_ISO_DATE));
    }
    HistoryRecords records = new HistoryRecords("h" + seed, nights, random);
    int targets = 8 + random.nextInt(24);
    for (int i = 0; i < targets; i++) {
      target(records, "h" + seed + "-t" + i);
    }
    scatter(records.skyFibres(random.nextInt(8)));
    scatter(records.standards(random.nextInt(3)));
    return new History(seed, List.copyOf(nights), phases());
  }

  private void target(HistoryRecords records, String target) {
    String lastField = null;
    if (random.nextInt(4) > 0) {
      for (String night : nights) {
        if (random.nextInt(2) == 0) {
          HistoryRecords.Chain chain = records.plan(night, target);
          plans.add(cut(chain.steps()));
          lastField = chain.field();
        }
      }
    }
    scatter(records.spectra(target, lastField, random.nextInt(4)));
    scatter(words(target));
  }

  private List<Step> words(String target) {
    List<Step> words = new ArrayList<>();
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    for (int i = 0; i < count; i++) {
      OverrideAction action =
          List.of(
                  OverrideAction.ACCEPT,
                  OverrideAction.REJECT,
                  OverrideAction.DO_NOT_OBSERVE,
                  OverrideAction.CLEAR)
              .get(random.nextInt(4));
      String label = random.nextInt(3) == 0 ? "GALAXY" : null;
      Double z = random.nextInt(3) == 0 ? (Double) (0.01 + random.nextInt(200) / 100.0) : null;
      words.add(
          new Step(
              Input.OVERRIDES,
              target,
              new TargetOverride(
                  target,
                  action,
                  label,
                  z,
                  SAID.plusMillis(random.nextInt(1_000_000)),
                  "astronomer",
                  "looked at it")));
    }
    return words;
  }

  /** Puts records anywhere, some of them twice. */
  private void scatter(List<Step> steps) {
    for (Step step : steps) {
      anyPhase().add(step);
      if (random.nextInt(5) == 0) {
        anyPhase().add(step);
      }
    }
  }

  private List<Step> anyPhase() {
    int where = random.nextInt(5);
    return where < 3 ? open : where == 3 ? closed : reopened;
  }

  /** The records of a plan key, in order, shared out to the three phases. */
  private List<List<Step>> cut(List<Step> chain) {
    int first = random.nextInt(3) > 0 ? chain.size() : random.nextInt(chain.size() + 1);
    int second = first + random.nextInt(chain.size() - first + 1);
    return List.of(
        chain.subList(0, first), chain.subList(first, second), chain.subList(second, chain.size()));
  }

  private List<List<Step>> phases() {
    List<List<Step>> phases = new ArrayList<>();
    phases.add(shuffled(open, 0));
    List<String> shut = some(nights, 3);
    phases.add(say(shut, NightEventType.CLOSED, 1));
    phases.add(shuffled(closed, 1));
    List<String> again = some(shut, 2);
    phases.add(say(again, NightEventType.REOPENED, 2));
    phases.add(shuffled(reopened, 2));
    phases.add(say(some(nights, 2), NightEventType.CLOSED, 3));
    phases.add(say(some(nights, 1), NightEventType.REOPENED, 0)); // said earlier, heard late
    return List.copyOf(phases);
  }

  /** Each with a chance of so many quarters. */
  private List<String> some(List<String> all, int quarters) {
    return all.stream().filter(one -> random.nextInt(4) < quarters).toList();
  }

  private static List<Step> say(List<String> nights, NightEventType type, int hour) {
    List<Step> words = new ArrayList<>();
    for (String night : nights) {
      words.add(
          new Step(
              Input.NIGHT_EVENTS,
              night,
              new NightEvent(
                  night, "apo", type, SAID.plusSeconds(3600L * hour), "observer", null, null)));
    }
    return words;
  }

  private List<Step> shuffled(List<Step> steps, int phase) {
    List<Step> all = new ArrayList<>(steps);
    Collections.shuffle(all, random);
    for (List<List<Step>> chain : plans) {
      int from = 0;
      for (Step step : chain.get(phase)) { // each one after the one before it
        int at = from + random.nextInt(all.size() - from + 1);
        all.add(at, step);
        from = at + 1;
      }
    }
    return List.copyOf(all);
  }

  /** One of some names, or none. */
  static @Nullable String oneOf(Random random, @Nullable String... names) {
    return names[random.nextInt(names.length)];
  }
}
