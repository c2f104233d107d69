package org.nightglass.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.account.BatchAccount;
import org.nightglass.account.BatchFigures;
import org.nightglass.account.Differences;
import org.nightglass.account.Histories;
import org.nightglass.account.Histories.History;
import org.nightglass.account.Step;
import org.nightglass.account.Told;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;

/**
 * The account of random histories against a batch computation over the same records: every figure
 * of every scope, target and field, whenever things have come to rest. {@code
 * -Dnightglass.histories=N} takes another number of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("nightglass.histories", 200);

  /** The phase in which observers first close nights; some records are still on the road then. */
  private static final int CLOSING = 1;

  private NightRig rig;
  private final BatchFigures survey =
      new BatchFigures(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  static List<Long> seeds() {
    return LongStream.range(0, HISTORIES).boxed().toList();
  }

  @BeforeAll
  void start() {
    rig = new NightRig(NightRig.policies(Histories.POLICIES));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldComeToTheFiguresOfABatchComputation(long seed) {
    History history = Histories.of(seed);
    int rejectsBefore = rig.rejects().size();
    Map<String, NightYield> atClosing = new TreeMap<>();
    List<Step> first = history.phases().get(0);
    int arrived = first.size() - first.size() / 3;
    for (int phase = 0; phase < history.phases().size(); phase++) {
      Instant before = rig.now().minusMillis(1);
      if (phase == 0) {
        first.subList(0, arrived).forEach(rig::take);
      } else {
        history.phases().get(phase).forEach(rig::take);
      }
      if (phase == CLOSING) {
        rig.tick();
        first.subList(arrived, first.size()).forEach(step -> rig.take(step, before));
        rig.tick();
      }
      rig.roadIsFree(phase != CLOSING - 1); // from now on
      rig.tick();
      BatchAccount account =
          BatchAccount.of(phase == 0 ? first.subList(0, arrived) : history.until(phase));
      compare(history, phase, account, BatchFigures.of(account));
      compareStates(history, phase, account, atClosing);
    }
    BatchAccount account = BatchAccount.of(history.all());
    survey.addSurvey(BatchFigures.of(account));
    assertEqual("survey-yield", survey.survey(), counts(rig.surveyYields(), Set.of()));
    long refused =
        rig.rejects().stream()
            .skip(rejectsBefore)
            .filter(reject -> reject.getReason().equals("BAD_PLAN"))
            .count();
    assertThat(refused).as("plan records refused").isEqualTo(account.refusedPlans());
  }

  private void compare(History history, int phase, BatchAccount account, BatchFigures expected) {
    String when = "seed %d after phase %d, ".formatted(history.seed(), phase);
    Set<String> nights = new TreeSet<>(history.nights());
    assertEqual(when + "night-yield", expected.nightsAsTold(account), counts(rig.yields(), nights));

    String own = "h" + history.seed() + "-";
    Map<String, SortedMap<String, Long>> fields = new TreeMap<>();
    rig.progress()
        .forEach(
            (field, progress) -> {
              if (field.startsWith(own)) {
                fields.put(field, Told.of(progress));
              }
            });
    assertEqual(when + "field-progress", expected.fieldsAsTold(fields), fields);

    Map<String, SortedMap<String, String>> targets = new TreeMap<>();
    rig.states()
        .forEach(
            (target, state) -> {
              if (target.startsWith(own)) {
                targets.put(target, Told.of(state));
              }
            });
    assertEqual(when + "target-state", expected.targets(), targets);
  }

  /**
   * Open nights are open, closed ones closed, or revised if a figure has changed since. What was on
   * the road when a night was closed does not revise it.
   */
  private void compareStates(
      History history, int phase, BatchAccount account, Map<String, NightYield> atClosing) {
    for (String night : history.nights()) {
      NightYield all = rig.yields().get(night + "///");
      if (all == null) {
        continue;
      }
      assertThat(all.getState()).isEqualTo(rig.nights().get(night).getState());
      if (!account.closed(night)) {
        atClosing.remove(night);
        assertThat(all.getState())
            .as("seed %d, %s", history.seed(), night)
            .isEqualTo(NightState.OPEN);
        continue;
      }
      if (phase == CLOSING) {
        assertThat(all.getState())
            .as("seed %d, %s", history.seed(), night)
            .isEqualTo(NightState.CLOSED);
      }
      NightYield before = atClosing.putIfAbsent(night, all);
      assertThat(all.getState()).isNotEqualTo(NightState.OPEN);
      if (before != null && !Told.of(before).equals(Told.of(all))) {
        assertThat(all.getState())
            .as("seed %d, %s", history.seed(), night)
            .isEqualTo(NightState.REVISED);
      }
    }
  }

  private static String night(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  /** Figures told, of some nights or of the survey. */
  private static Map<String, SortedMap<String, Long>> counts(
      Map<String, NightYield> yields, Set<String> nights) {
    Map<String, SortedMap<String, Long>> told = new TreeMap<>();
    yields.forEach(
        (key, yield) -> {
          if (nights.isEmpty() || nights.contains(night(key))) {
            told.put(key, Told.of(yield));
          }
        });
    return told;
  }

  private static <V> void assertEqual(
      String what,
      Map<String, SortedMap<String, V>> expected,
      Map<String, SortedMap<String, V>> told) {
    assertThat(Differences.between(expected, told)).as(what).isEmpty();
  }
}
