package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.app.NightglassApp;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.embedded.PythonVenv;
import org.nightglass.train.SurveyPreset;

/**
 * A spectrum written by Confluent's own Python client, processed, and its result read by that
 * client.
 */
class PythonClientIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path state;

  @Test
  void shouldServeAnOfficialClientOfAnotherLanguage() throws IOException {
    PythonVenv python = PythonVenv.open();
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, null)) {
      NightglassConfig config = Shipped.config(parts, "python", state, Map.of());
      try (NightglassApp app = NightglassApp.start(config, Shipped.bundles())) {
        app.ready().join();
        PythonVenv.Result sent =
            python.run(
                "produce_spectrum.py",
                LIMIT,
                "--bootstrap-servers",
                parts.bootstrapServers(),
                "--registry",
                parts.registryUrl(),
                "--topic",
                config.topics().spectra(),
                "--target-id",
                "from-python",
                "--snr",
                "20",
                "--redshift",
                "0.15");
        assertThat(sent.exitCode()).as(sent.toString()).isZero();
        PythonVenv.Result read =
            python.run(
                "read_results.py",
                LIMIT,
                "--bootstrap-servers",
                parts.bootstrapServers(),
                "--registry",
                parts.registryUrl(),
                "--topic",
                config.topics().results(),
                "--target-id",
                "from-python",
                "--once",
                "--format",
                "jsonl");
        assertThat(read.exitCode()).as(read.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(read.stdout());
        assertThat(result.get("target_id").asText()).isEqualTo("from-python");
        assertThat(result.get("class").asText()).isIn(SurveyPreset.SDSS13.classes());
        assertThat(result.get("class_probability").asDouble()).isBetween(0.0, 1.0);
        assertThat(result.get("snr").asDouble()).isGreaterThan(1);
      }
    }
  }
}
