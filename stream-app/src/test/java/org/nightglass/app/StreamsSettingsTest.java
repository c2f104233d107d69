package org.nightglass.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
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
  void shouldLeaveCommitsOfTheAccountToItsTopologyUnlessTheyAreToBeRarer() {
    Properties usual = StreamsSettings.ofNight(config(Map.of()));
    assertThat(usual).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000L);
    Properties rarer =
        StreamsSettings.ofNight(config(Map.of(Settings.NIGHT_COMMIT_INTERVAL, "5000")));
    assertThat(rarer).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 5000L);
  }
}
