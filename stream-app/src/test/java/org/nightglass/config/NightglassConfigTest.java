package org.nightglass.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.night.Observatory;
import org.nightglass.policy.Policies;
import org.nightglass.policy.ProgrammePolicy;
import org.nightglass.schemas.serde.AvroDeserializer;
import org.nightglass.schemas.serde.AvroSerializer;

class NightglassConfigTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "bootstrap.servers", "127.0.0.1:9092",
          "schema.registry.url", "http://127.0.0.1:8081/apis/ccompat/v7");

  private static NightglassConfig with(String... keysAndValues) {
    Map<String, String> given = new HashMap<>(LEAST);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return NightglassConfig.of("test", given);
  }

  private static List<String> faults(String... keysAndValues) {
    ConfigFaultsException refused =
        catchThrowableOfType(ConfigFaultsException.class, () -> with(keysAndValues));
    assertThat(refused).as("settings %s must be refused", List.of(keysAndValues)).isNotNull();
    return refused.faults();
  }

  @Test
  void shouldHaveTheseDefaults() {
    NightglassConfig config = with();
    assertThat(config.topics())
        .isEqualTo(
            new NightglassConfig.Topics(
                "nightglass.spectra",
                "nightglass.results",
                "nightglass.rejects",
                "nightglass.plan",
                "nightglass.night-events",
                "nightglass.overrides",
                "nightglass.target-state",
                "nightglass.field-progress",
                "nightglass.night-yield",
                "nightglass.survey-yield",
                "nightglass.nights"));
    Map<String, Object> expected = new HashMap<>();
    expected.put(Settings.APPLICATION_ID, "nightglass");
    expected.put(Settings.STATE_DIR, "");
    expected.put(Settings.PROCESSING_GUARANTEE, "exactly_once_v2");
    expected.put(Settings.MODEL_BUNDLE, "sdss13");
    expected.put(Settings.MODEL_DEVICE, "auto");
    expected.put(Settings.MODEL_PRECISION, "auto");
    expected.put(Settings.OBSERVATORY_ZONE, "");
    expected.put(Settings.HTTP_HOST, "127.0.0.1");
    expected.put(Settings.HTTP_TOKEN, "");
    expected.forEach((key, value) -> assertThat(config.string(key)).as(key).isEqualTo(value));
    Map<String, Long> numbers = new HashMap<>();
    numbers.put(Settings.STREAM_THREADS, 2L);
    numbers.put(Settings.COMMIT_INTERVAL, 1000L);
    numbers.put(Settings.TRANSACTION_TIMEOUT, 60_000L);
    numbers.put(Settings.TOPICS_PARTITIONS, 4L);
    numbers.put(Settings.TOPICS_REPLICATION, -1L);
    numbers.put(Settings.TOPICS_MAX_MESSAGE_BYTES, 8L << 20);
    numbers.put(Settings.BATCH_MAX_SIZE, 256L);
    numbers.put(Settings.BATCH_MAX_BYTES, 32L << 20);
    numbers.put(Settings.BATCH_LINGER, 100L);
    numbers.put(Settings.MODEL_INTRA_OP, 1L);
    numbers.put(Settings.MODEL_INTER_OP, 2L);
    numbers.put(Settings.MODEL_CONCURRENCY, 2L);
    numbers.put(Settings.NIGHT_THREADS, 1L);
    numbers.put(Settings.NIGHT_COMMIT_INTERVAL, 100L);
    numbers.put(Settings.NIGHT_UPDATE_INTERVAL, 1000L);
    numbers.put(Settings.NIGHT_CLOSE_GRACE, 7200L);
    numbers.put(Settings.NIGHT_CLOSE_LONGEST, 600L);
    numbers.put(Settings.LIMIT_ARMS, 8L);
    numbers.put(Settings.LIMIT_PIXELS, 65_536L);
    numbers.put(Settings.LIMIT_FUTURE, 600L);
    numbers.put(Settings.HTTP_PORT, 8080L);
    numbers.put(Settings.READ_NIGHTS_KEPT, 60L);
    numbers.put(Settings.READ_NIGHTS_IN_MEMORY, 2L);
    numbers.forEach((key, value) -> assertThat(config.longInteger(key)).as(key).isEqualTo(value));
    assertThat(config.flag(Settings.TOPICS_CREATE)).isTrue();
    assertThat(config.flag(Settings.HTTP_ENABLED)).isTrue();
    assertThat(config.exactlyOnce()).isTrue();
    assertThat(config.observatory()).isNull();
    assertThat(config.list(Settings.MODEL_BUNDLE_DIRS)).isEmpty();
    assertThat(config.list(Settings.MODEL_BATCH_SIZES)).isEmpty();
    assertThat(config.type(Settings.SERDE_SPECTRUM)).isEqualTo(AvroDeserializer.class);
    assertThat(config.type(Settings.SERDE_RESULT)).isEqualTo(AvroSerializer.class);
    assertThat(config.type(Settings.SERDE_REJECT)).isEqualTo(AvroSerializer.class);
    assertThat(config.type(Settings.SERDE_NIGHT_INPUT)).isEqualTo(AvroDeserializer.class);
    assertThat(config.type(Settings.SERDE_NIGHT_PRODUCT)).isEqualTo(AvroSerializer.class);
    int checked =
        11
            + 2
            + 1
            + expected.size()
            + numbers.size()
            + 4
            + 5; // topics, required, observatory, …, flags+list, serdes
    assertThat(Settings.DEFINITION.names())
        .as("a default of a new key belongs here")
        .hasSize(checked);
  }

  @Test
  void shouldLetOtherMachinesInOnlyWithATokenOfTheSitesChoice() {
    assertThat(faults("http.host", "0.0.0.0"))
        .singleElement()
        .asString()
        .contains("http.token is empty", "http.host=0.0.0.0");
    assertThat(with("http.host", "0.0.0.0", "http.token", "open sesame").string("http.token"))
        .isEqualTo("open sesame");
    assertThat(with("http.host", "0.0.0.0", "http.enabled", "false").flag("http.enabled"))
        .isFalse();
    assertThat(with("http.host", "localhost").string("http.token")).isEmpty();
  }

  @Test
  void shouldReadWhatProgrammesWant() {
    Policies policies =
        with(
                "programme.default.accept.snr", "1",
                "programme.dark.goal.snr", "2.5",
                "programme.dark.class.QSO.observations.good", "4",
                "programme.dark.class.GALAXY.accept.z.err", "0.0005",
                "programme.dark.success.rules",
                    "median(4200-5000) >= 2 and (mean(5400-6600) >= 5 or mean(7000-7800) >= 5.5)")
            .policies();

    ProgrammePolicy dark = policies.of("dark");
    assertThat(dark.goalSnr()).isEqualTo(2.5);
    assertThat(dark.acceptance("QSO").minSnr()).isEqualTo(1);
    assertThat(dark.acceptance("GALAXY_AGN").maxRelativeError()).isEqualTo(0.0005);
    assertThat(dark.acceptance("QSO").redshiftNeeded()).isTrue();
    assertThat(dark.acceptance("STAR_A0").redshiftNeeded()).isFalse();
    assertThat(dark.observations(true, "QSO", 1)).isEqualTo(4);
    assertThat(dark.observations(true, "GALAXY", 3)).isEqualTo(3);
    assertThat(dark.observations(false, "QSO", 1)).isEqualTo(2);
    assertThat(dark.successRule())
        .hasToString("median(4200-5000) >= 2 and (mean(5400-6600) >= 5 or mean(7000-7800) >= 5.5)");
    assertThat(policies.knows("bright")).isFalse();
    assertThat(policies.of("bright").goalSnr()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sdss", "desi", "4most"})
  void shouldAcceptThePresetOfASurvey(String survey) {
    Map<String, String> given = new HashMap<>(LEAST);
    given.putAll(NightglassConfig.read(Path.of("..", "deploy", "surveys", survey + ".properties")));

    NightglassConfig config = NightglassConfig.of(survey, given);
    assertThat(config.observatory()).isNotNull();
    assertThat(config.policies().programmes()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(Path.of("..", "models", "bundles", config.string(Settings.MODEL_BUNDLE)))
        .isDirectory();
  }

  @Test
  void shouldTellEveryFaultOfAPolicyAtOnce() {
    ConfigFaultsException refused =
        catchThrowableOfType(
            ConfigFaultsException.class,
            () ->
                with(
                    "programme.dark.accept.snrr", "1",
                    "programme.dark.goal.snr", "-2",
                    "programme.dark.done.by", "rules",
                    "programme.dark.accept.forbidden.warnings", "LOW_SNR,CLOUDY",
                    "programme.bright.success.rules", "median(5000-4000) >= 2",
                    "programme.bright.class.QSO.goal.snr", "2"));

    assertThat(refused.getMessage())
        .contains("programme.dark.accept.snrr is not a setting")
        .contains("programme.dark.goal.snr")
        .contains("must be greater than 0")
        .contains("programme.dark.done.by=rules needs success.rules")
        .contains("CLOUDY is no warning")
        .contains("a window runs from a positive wavelength to a longer one, got 5000.0-4000.0")
        .contains("programme.bright.class.QSO.goal.snr is not a setting");
  }

  @Test
  void shouldTellEveryFaultAtOnce() {
    ConfigFaultsException refused =
        catchThrowableOfType(
            ConfigFaultsException.class,
            () ->
                NightglassConfig.of(
                    "night.properties",
                    Map.of(
                        "bootstrap.servers", "nowhere",
                        "batch.max.siez", "12",
                        "batch.linger.ms", "abc",
                        "foo", "bar",
                        "processing.guarantee", "maybe_once",
                        "kafka.isolation.level", "read_uncommitted",
                        "topics.results", "nightglass.spectra")));
    assertThat(refused.faults()).hasSize(8);
    assertThat(refused)
        .hasMessageContaining("night.properties: 8 faults")
        .hasMessageContaining("nowhere")
        .hasMessageContaining("schema.registry.url is missing")
        .hasMessageContaining("batch.max.siez is not a setting; did you mean batch.max.size?")
        .hasMessageContaining("foo is not a setting; docs/configuration.md lists them")
        .hasMessageContaining("abc")
        .hasMessageContaining("exactly_once_v2, at_least_once")
        .hasMessageContaining("kafka.isolation.level cannot be passed to Kafka")
        .hasMessageContaining("topics.results=nightglass.spectra is also topics.spectra");
  }

  @ParameterizedTest
  @CsvSource({
    "batch.max.size,0,65536",
    "batch.linger.ms,-1,60000",
    "num.stream.threads,0,256",
    "topics.replication.factor,0,-1 or at least 1",
    "bootstrap.servers,host:99999,host:port",
    "schema.registry.url,ftp://x,http",
    "application.id,a b,letters",
    "limits.max.pixels,1,10000000",
    "topics.spectra,a/b,letters",
    "serde.spectrum.deserializer,no.such.Class,class",
    "observatory.time.zone,Mars/Olympus,tz database",
    "model.device,gpu:x,'auto, cpu, gpu'",
    "model.precision,float16,'auto, float32, bfloat16'",
    "model.batch.sizes,8x,rising numbers",
    "observatory.longitude.deg,200,-180 to 180",
  })
  void shouldNameKeyValueAndWhatIsAccepted(String key, String value, String accepted) {
    assertThat(faults(key, value))
        .singleElement()
        .asString()
        .contains(key)
        .contains(value)
        .contains(accepted);
  }

  @Test
  void shouldWantBatchSizesThatRise() {
    assertThat(with("model.batch.sizes", "1,64,1024").list(Settings.MODEL_BATCH_SIZES))
        .containsExactly("1", "64", "1024");
    assertThat(faults("model.batch.sizes", "64,8")).singleElement().asString().contains("[64, 8]");
    assertThat(faults("model.batch.sizes", "0,8")).hasSize(1);
    assertThat(faults("model.batch.sizes", "8,65537")).hasSize(1);
  }

  @Test
  void shouldKnowTheObservatoryByItsTimeZoneOrItsLongitudeButNotByBoth() {
    assertThat(with("observatory.time.zone", "America/Santiago").observatory())
        .isEqualTo(new Observatory.Civil(ZoneId.of("America/Santiago")));
    assertThat(with("observatory.longitude.deg", "-70.4").observatory())
        .isEqualTo(new Observatory.Solar(-70.4));
    assertThat(faults("observatory.time.zone", "UTC", "observatory.longitude.deg", "1"))
        .singleElement()
        .asString()
        .contains("observatory.time.zone=UTC", "observatory.longitude.deg=1.0", "one of them");
  }

  @Test
  void shouldKeepCommitsWellAboveTheLingerAndBelowTheTransactionTimeout() {
    assertThat(faults("batch.linger.ms", "300"))
        .singleElement()
        .asString()
        .contains("commit.interval.ms=1000", "batch.linger.ms=300", "at least 1200");
    assertThat(faults("commit.interval.ms", "40000"))
        .singleElement()
        .asString()
        .contains("transaction.timeout.ms=60000", "at most 30000");
  }

  @Test
  void shouldHandKafkasSettingsToKafkaAndTheRegistrysToTheSerdes() {
    NightglassConfig config =
        with(
            "kafka.security.protocol", "SASL_SSL",
            "basic.auth.user.info", "me:secret");
    assertThat(config.kafka())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", "127.0.0.1:9092")
        .doesNotContainKey("basic.auth.user.info");
    assertThat(config.serdes())
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("schema.registry.url", "http://127.0.0.1:8081/apis/ccompat/v7")
        .doesNotContainKey("security.protocol");
  }

  @Test
  void shouldReadFilesInUtf8AndTheEnvironment(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("night.properties");
    Files.writeString(file, "# la nuit\nmodel.bundle.dirs = /données/modèles\n");
    assertThat(NightglassConfig.read(file)).containsEntry("model.bundle.dirs", "/données/modèles");
    assertThat(
            NightglassConfig.fromEnvironment(
                Map.of("NIGHTGLASS_BATCH_MAX_SIZE", "64", "NIGHTGLASS_JAVA_OPTS", "-Xmx1g")))
        .containsExactlyEntriesOf(Map.of("batch.max.size", "64"));
    ConfigFaultsException missing =
        catchThrowableOfType(
            ConfigFaultsException.class, () -> NightglassConfig.read(folder.resolve("none")));
    assertThat(missing).hasMessageContaining("cannot be read");
  }

  @Test
  void shouldKeepTheReferencePageTrue() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");
    String current = Reference.markdown();
    if (Boolean.getBoolean("nightglass.write.reference")) {
      Files.writeString(page, current);
    }
    assertThat(Files.readString(page))
        .as("docs/configuration.md; write it anew with -Dnightglass.write.reference=true")
        .isEqualTo(current);
  }
}
