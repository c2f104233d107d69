package org.nightglass.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nightglass.batch.IsolatingRunner.Outcome;

class IsolatingRunnerTest {
  private final List<Integer> callSizes = new ArrayList<>();

  private IsolatingRunner<Integer, String> failingOn(Set<Integer> bad, Runnable probe) {
    return new IsolatingRunner<>(
        batch -> {
          callSizes.add(batch.size());
          if (batch.stream().anyMatch(bad::contains)) {
            throw new IllegalStateException("cannot run " + batch);
          }
          return batch.stream().map(i -> "#" + i).toList();
        },
        probe);
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @Test
  void shouldRunAGoodBatchOnce() {
    List<Outcome<String>> outcomes = failingOn(Set.of(), () -> {}).run(range(8));
    assertThat(callSizes).containsExactly(8);
    assertThat(outcomes).hasSize(8).allMatch(outcome -> outcome instanceof Outcome.Answer);
  }

  @Test
  void shouldBlameTheBadItemsAloneAndAnswerForTheOthersInOrder() {
    List<Outcome<String>> outcomes = failingOn(Set.of(3, 11), () -> {}).run(range(16));
    for (int i = 0; i < 16; i++) {
      if (i == 3 || i == 11) {
        assertThat(outcomes.get(i)).isInstanceOf(Outcome.Failure.class);
      } else {
        assertThat(outcomes.get(i)).isEqualTo(new Outcome.Answer<>("#" + i));
      }
    }
    assertThat(callSizes.size())
        .as("calls for two bad items of 16")
        .isLessThanOrEqualTo(2 * (2 * 4) + 1);
  }

  @Test
  void shouldStopRatherThanBlameWhenTheProbeFailsToo() {
    IsolatingRunner<Integer, String> broken =
        failingOn(
            Set.copyOf(range(16)),
            () -> {
              throw new IllegalStateException("the GPU has fallen off the bus");
            });
    assertThatThrownBy(() -> broken.run(range(16)))
        .hasMessageContaining("fallen off the bus")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(callSizes)
        .as("it stops at the first item that is alone")
        .containsExactly(16, 8, 4, 2, 1);
  }

  @Test
  void shouldNotGuessWhichAnswerBelongsToWhichItem() {
    IsolatingRunner<Integer, String> wrong =
        new IsolatingRunner<>(batch -> List.of("only one"), () -> {});
    assertThatThrownBy(() -> wrong.run(range(2))).hasMessageContaining("1 answers to a batch of 2");
  }
}
