package org.nightglass.serve.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Duration NOT_AT_ALL = Duration.ZERO;

  private static Event event(int number) {
    return new Event(Event.FIELD, null, ("" + number).getBytes(StandardCharsets.UTF_8));
  }

  private static EventLog with(long bytes, int events) {
    EventLog log = new EventLog(bytes);
    log.add(IntStream.rangeClosed(1, events).mapToObj(EventLogTest::event).toList());
    return log;
  }

  private static List<String> texts(EventLog.Batch batch) {
    return batch.events().stream()
        .map(event -> new String(event.data(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void shouldGiveWhatCameAfterAPlaceInOrder() throws InterruptedException {
    EventLog.Batch batch = with(1 << 20, 5).after(2, 2, NOT_AT_ALL);
    assertThat(texts(batch)).containsExactly("3", "4");
    assertThat(batch.last()).isEqualTo(4);
    assertThat(batch.missed()).isFalse();
  }

  @Test
  void shouldKeepTheLatestAndTellWhoeverHasFallenBehind() throws InterruptedException {
    EventLog log = with(3 * 101, 9); // room for three of a byte and its overhead
    assertThat(log.holdsAfter(5)).isFalse();
    assertThat(log.holdsAfter(6)).isTrue();
    EventLog.Batch batch = log.after(5, 100, NOT_AT_ALL);
    assertThat(batch.missed()).isTrue();
    assertThat(texts(batch)).containsExactly("7", "8", "9");
    assertThat(log.after(6, 100, NOT_AT_ALL).missed()).isFalse();
  }

  @Test
  void shouldKnowNothingOfEventsToCome() {
    EventLog log = with(1 << 20, 5);
    assertThat(log.holdsAfter(5)).isTrue();
    assertThat(log.holdsAfter(6)).isFalse();
  }

  @Test
  void shouldWakeAListenerThatWaits() throws Exception {
    EventLog log = with(1 << 20, 1);
    CompletableFuture<EventLog.Batch> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return log.after(1, 10, Duration.ofSeconds(30));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    log.add(List.of(event(2)));
    assertThat(texts(waiting.get(20, TimeUnit.SECONDS))).containsExactly("2");
  }

  @Test
  void shouldLetListenersGoWhenClosed() throws InterruptedException {
    EventLog log = with(1 << 20, 1);
    log.close();
    assertThat(log.after(1, 10, Duration.ofSeconds(30)).closed()).isTrue();
  }
}
