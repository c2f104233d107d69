package org.nightglass.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

  @Test
  void shouldNeedNoMoreThanAnAddress() {
    RegistryConfig config = RegistryConfig.from(Map.of("schema.registry.url", "http://a:8081"));

    assertThat(config)
        .isEqualTo(
            new RegistryConfig(
                List.of(URI.create("http://a:8081")),
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                new Backoff(5, Duration.ofMillis(200), Duration.ofSeconds(5)),
                Duration.ofSeconds(10),
                1_000));
  }

  @Test
  void shouldReadEveryKeyAndIgnoreOthers() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", List.of("http://a:1/x/", "https://b:2"));
    settings.put("basic.auth.credentials.source", "USER_INFO");
    settings.put("basic.auth.user.info", new Password("u:p"));
    settings.put("http.connect.timeout.ms", "11");
    settings.put("http.read.timeout.ms", 12);
    settings.put("max.retries", 0);
    settings.put("retries.wait.ms", 13);
    settings.put("retries.max.wait.ms", 14L);
    settings.put("missing.id.cache.ttl.sec", 15);
    settings.put("missing.cache.size", 16);
    settings.put("bootstrap.servers", "localhost:9092");

    assertThat(RegistryConfig.from(settings))
        .isEqualTo(
            new RegistryConfig(
                List.of(URI.create("http://a:1/x"), URI.create("https://b:2")),
                "Basic dTpw",
                null,
                Duration.ofMillis(11),
                Duration.ofMillis(12),
                new Backoff(0, Duration.ofMillis(13), Duration.ofMillis(14)),
                Duration.ofSeconds(15),
                16));
  }

  @Test
  void shouldNameEveryFaultAtOnce() {
    Map<String, String> settings =
        Map.of(
            "schema.registry.url", "ftp://a",
            "basic.auth.credentials.source", "USER_INFO",
            "bearer.auth.credentials.source", "OAUTHBEARER",
            "max.retries", "-1",
            "http.read.timeout.ms", "soon");

    assertThatThrownBy(() -> RegistryConfig.from(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url is no http(s) address: ftp://a")
        .hasMessageContaining("basic.auth.user.info must be user:password")
        .hasMessageContaining("OAUTHBEARER")
        .hasMessageContaining("max.retries")
        .hasMessageContaining("soon");
  }

  @Test
  void shouldNameAMissingAddress() {
    assertThatThrownBy(() -> RegistryConfig.from(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
    assertThatThrownBy(() -> RegistryConfig.from(Map.of("schema.registry.url", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void shouldRefuseTwoKindsOfCredentials() {
    assertThatThrownBy(
            () ->
                RegistryConfig.from(
                    Map.of("schema.registry.url", "http://u:p@a", "bearer.auth.token", "t")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(
            () ->
                RegistryConfig.from(
                    Map.of("schema.registry.url", "http://a", "basic.auth.user.info", "u:p")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is not USER_INFO");
  }

  @Test
  void shouldKeepCredentialsOutOfTextAndAddresses() {
    RegistryConfig config =
        RegistryConfig.from(Map.of("schema.registry.url", "http://user:s3cret@a:8081"));

    assertThat(config.urls()).containsExactly(URI.create("http://a:8081"));
    assertThat(config.toString()).doesNotContain("s3cret").doesNotContain("Basic");
  }

  @Test
  void shouldExplainEverySetting() {
    RegistryConfig.definition()
        .configKeys()
        .values()
        .forEach(key -> assertThat(key.documentation).as(key.name).isNotBlank());
  }
}
