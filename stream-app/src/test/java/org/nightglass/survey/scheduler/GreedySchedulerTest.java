package org.nightglass.survey.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;

class GreedySchedulerTest {
  private static final Site SITE = new Site(-111.6, 31.96);
  private static final double NOW = 61_006.3;
  private static final Goals GOALS =
      new Goals("desi", "dark", 1, 1000, 0.9, 0.6, 1800, 120, 0.72, 0.75);

  /** In the zenith, where effective time is time. */
  private final CatalogueField first = field("A", SITE.siderealDeg(NOW));

  private final CatalogueField second = field("B", SITE.siderealDeg(NOW));
  private final GreedyScheduler scheduler =
      new GreedyScheduler(SITE, GOALS, List.of(first, second));

  private final Map<String, FieldProgress> progress = new HashMap<>();
  private final Map<String, TargetState> states = new HashMap<>();

  @Test
  void shouldTakeUnobservedFieldsFirstWithoutAnyFeedback() {
    Visit visit = next();
    assertThat(visit.field()).isEqualTo(first);
    assertThat(visit.seconds()).isEqualTo(1000);
    assertThat(visit.targets()).isEqualTo(first.targets());

    scheduler.taken(visit, NOW);
    assertThat(next().field()).isEqualTo(second);
  }

  @Test
  void shouldComeBackToTheFieldThatWentBadly() {
    takeBoth();
    progress("A", 1.0);
    progress("B", 0.2);
    scheduler.learn(progress, states, false);

    assertThat(next().field()).isEqualTo(second);
    assertThat(next().seconds()).isEqualTo(1000);
  }

  @Test
  void shouldGiveNoFibreToTargetsThatWantNoMore() {
    takeBoth();
    state(first, 0, TargetStateName.DONE);
    state(first, 1, TargetStateName.OBS);
    state(first, 2, TargetStateName.DONOTOBSERVE);
    state(first, 3, TargetStateName.MORE_ZWARN);
    second.targets().forEach(t -> put(t.id(), TargetStateName.DONE));
    scheduler.learn(progress, states, false);

    assertThat(next().field()).isEqualTo(first);
    assertThat(next().targets()).isEqualTo(first.targets().subList(3, 10));
  }

  @Test
  void shouldObserveNothingWhenAllIsDone() {
    first.targets().forEach(t -> put(t.id(), TargetStateName.DONE));
    second.targets().forEach(t -> put(t.id(), TargetStateName.OBS));
    scheduler.learn(progress, states, false);

    assertThat(scheduler.next(NOW)).isNull();
  }

  @Test
  void shouldObserveNothingThatIsLowInTheSky() {
    GreedyScheduler other =
        new GreedyScheduler(SITE, GOALS, List.of(field("C", SITE.siderealDeg(NOW) + 180)));
    assertThat(other.next(NOW)).isNull();
  }

  @Test
  void shouldExposeLongerUnderThickCloudsSinceEverySlewCosts() {
    exposeUnderClouds(3);
    assertThat(next().seconds()).isBetween(1100.0, 1800.0);
  }

  @Test
  void shouldExpectAClearSkyAgainInAnotherNight() {
    exposeUnderClouds(3);
    scheduler.learn(progress, states, false);

    assertThat(next().seconds()).isEqualTo(1000);
  }

  /** Exposures that add next to nothing. */
  private void exposeUnderClouds(int exposures) {
    double depth = 0;
    for (int i = 0; i < exposures; i++) {
      Visit visit = next();
      scheduler.taken(visit, NOW);
      depth += 0.001;
      progress("A", depth);
      progress("B", depth);
      scheduler.learn(progress, states, true);
    }
  }

  private void takeBoth() {
    scheduler.taken(next(), NOW);
    scheduler.taken(next(), NOW);
  }

  private Visit next() {
    return Objects.requireNonNull(scheduler.next(NOW));
  }

  private void progress(String field, double fraction) {
    FieldProgress said = new FieldProgress();
    said.setFieldId(field);
    said.setEffectiveTimeFraction(fraction);
    said.setMadeAt(Instant.EPOCH);
    progress.put(field, said);
  }

  private void state(CatalogueField field, int target, TargetStateName state) {
    put(field.targets().get(target).id(), state);
  }

  private void put(String target, TargetStateName name) {
    TargetState state = new TargetState();
    state.setTargetId(target);
    state.setState(name);
    states.put(target, state);
  }

  private static CatalogueField field(String id, double ra) {
    return new CatalogueField(
        id,
        ra % 360,
        SITE.latitudeDeg(),
        IntStream.range(0, 10)
            .mapToObj(
                i -> new CatalogueField.Target(id + i, ra % 360, SITE.latitudeDeg(), "GALAXY"))
            .toList());
  }
}
