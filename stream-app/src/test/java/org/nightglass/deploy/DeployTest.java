package org.nightglass.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.nightglass.cli.Nightglass;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;

class DeployTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ""), "..").normalize();

  @Test
  void shouldRunTheBrokerThatTheBuildIsPinnedTo() throws IOException {
    assertThat(service("broker").get("image").asText())
        .isEqualTo("apache/kafka:" + pomProperty("kafka.version"));
  }

  @Test
  void shouldRunTheRegistryThatTheDistributionHas() throws IOException {
    assertThat(service("registry").get("image").asText())
        .isEqualTo("apicurio/apicurio-registry:" + pomProperty("apicurio.version"));
  }

  @Test
  void shouldBuildAndRunOnTheJavaThatTheCodeIsCompiledFor() throws IOException {
    String release = pomProperty("maven.compiler.release");

    assertThat(matches(read("deploy/Dockerfile"), "(?m)^FROM (\\S+)"))
        .containsExactly(
            "eclipse-temurin:" + release + "-jdk", "eclipse-temurin:" + release + "-jre");
  }

  @Test
  void shouldPublishPortsToThisMachineOnly() throws IOException {
    List<String> ports = new ArrayList<>();
    compose()
        .get("services")
        .forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

    assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void shouldConfigureTheBrokerWithSettingsItKnowsAndAccepts() throws IOException {
    Properties settings = new Properties();
    service("broker")
        .get("environment")
        .properties()
        .forEach(
            entry ->
                settings.put(
                    // As the image does it: KAFKA_LOG_DIRS is log.dirs.
                    entry
                        .getKey()
                        .replaceFirst("^KAFKA_", "")
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.'),
                    entry.getValue().asText()));

    assertThat(settings.stringPropertyNames()).isSubsetOf(KafkaConfig.configDef().names());
    assertThat(KafkaConfig.fromProps(settings, false).effectiveAdvertisedBrokerListeners())
        .as("validated by Kafka itself")
        .isNotNull();
  }

  @Test
  void shouldLetEveryServiceOfOthersBeWaitedFor() throws IOException {
    for (String name : List.of("broker", "registry")) {
      assertThat(service(name).at("/healthcheck/test").size()).as(name).isGreaterThan(1);
      assertThat(service("nightglass").at("/depends_on/" + name + "/condition").asText())
          .isEqualTo("service_healthy");
    }
  }

  @Test
  void shouldConfigureTheApplicationWithSettingsItAcceptsAndForTheServicesThatAreThere()
      throws IOException {
    String file = "deploy/nightglass.properties";
    NightglassConfig config = NightglassConfig.of(file, NightglassConfig.read(ROOT.resolve(file)));

    assertThat(config.list(Settings.BOOTSTRAP_SERVERS))
        .allSatisfy(
            address ->
                assertThat(service("broker").at("/environment/KAFKA_ADVERTISED_LISTENERS").asText())
                    .contains("://" + address));
    assertThat(config.string(Settings.REGISTRY_URL))
        .startsWith(
            "http://registry:" + service("registry").at("/environment/QUARKUS_HTTP_PORT").asText());
    assertThat(service("nightglass").get("volumes").toString())
        .contains("./" + file + ":/etc/nightglass/nightglass.properties:ro")
        .contains(":" + config.string(Settings.STATE_DIR));
    assertThat(service("nightglass").get("command").toString())
        .contains("run", "--config=/etc/nightglass/nightglass.properties");
  }

  @Test
  void shouldUnderstandTheCommandThatTheImageRuns() throws IOException {
    List<String> arguments = new ArrayList<>();
    service("nightglass").get("command").forEach(argument -> arguments.add(argument.asText()));
    arguments.add("--help");
    assertThat(Nightglass.commandLine().execute(arguments.toArray(String[]::new))).isZero();
  }

  private static JsonNode service(String name) throws IOException {
    JsonNode service = compose().at("/services/" + name);
    assertThat(service.isObject()).as("service " + name).isTrue();
    return service;
  }

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(read("docker-compose.yml"));
  }

  private static String pomProperty(String name) throws IOException {
    List<String> values =
        matches(read("pom.xml"), "<" + Pattern.quote(name) + ">([^<]+)</" + Pattern.quote(name));
    assertThat(values).as(name + " in pom.xml").hasSize(1);
    return values.get(0);
  }

  private static List<String> matches(String text, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
