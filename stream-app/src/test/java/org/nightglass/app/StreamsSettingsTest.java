package org.nightglass.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;

class StreamsSettingsTest {

  private static NightglassConfig config(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(Demo.settings("127.0.0.1:9092", "http://127.0.0.1:8081", Path.of("state")));
    settings.putAll(more);
    return NightglassConfig.of("test", settings);
  }

  @Test
  void shouldKeepTheAccountExactWhereResultsMayComeTwice() {
    NightglassConfig config = config(Map.of(Settings.PROCESSING_GUARANTEE, "at_least_once"));
    assertThat(StreamsSettings.of(config))
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    assertThat(StreamsSettings.ofNight(config))
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
  }

  @Test
  void shouldLeaveCommitsToTheTopologies() {
    NightglassConfig usual = config(Map.of());
    assertThat(StreamsSettings.of(usual))
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10_000L);
    assertThat(StreamsSettings.ofNight(usual))
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 30_000L);
  }

  @Test
  void shouldCommitMoreOftenThanATransactionMayLast() {
    NightglassConfig rarer =
        config(Map.of(Settings.COMMIT_INTERVAL, "25000", Settings.NIGHT_COMMIT_INTERVAL, "25000"));
    assertThat(StreamsSettings.of(rarer))
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 60_000L);
    assertThat(StreamsSettings.ofNight(rarer))
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 60_000L);
  }
}
