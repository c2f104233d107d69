package org.nightglass.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.nightglass.night.Observatory;
import org.nightglass.policy.Policies;
import org.nightglass.policy.PolicyReader;
import org.nightglass.schemas.registry.RegistryConfig;
import org.nightglass.schemas.serde.SerdeConfig;

/**
 * The settings of one run, checked as a whole: either every one of them is usable, or {@link
 * ConfigFaultsException} tells all that are not.
 *
 * <p>A configuration file is a Java properties file in UTF-8. Environment variables override it:
 * {@code NIGHTGLASS_BATCH_MAX_SIZE} stands for {@code batch.max.size}. Options of the command line
 * override both.
 */
public final class NightglassConfig {

  /** What the serdes know besides the registry's settings. */
  private static final Set<String> SERDE_KEYS =
      Set.of(
          SerdeConfig.AUTO_REGISTER_SCHEMAS,
          SerdeConfig.VALUE_SUBJECT_NAME_STRATEGY,
          SerdeConfig.KEY_SUBJECT_NAME_STRATEGY);

  /** A serde of the site's own may know further settings; they go to it with this taken off. */
  private static final String SERDE_PREFIX = "serde.config.";

  /** What Nightglass decides, so that {@code kafka.*} must not: the guarantee hangs on it. */
  private static final Set<String> OWNED_BY_NIGHTGLASS =
      Set.of(
          "bootstrap.servers",
          "application.id",
          "state.dir",
          "processing.guarantee",
          "commit.interval.ms",
          "num.stream.threads",
          "enable.auto.commit",
          "isolation.level",
          "transactional.id",
          "default.timestamp.extractor");

  private static final String ENVIRONMENT_PREFIX = "NIGHTGLASS_";

  /** A commit cuts a batch short; at this many lingers apart, that costs little. */
  private static final int LEAST_LINGERS_PER_COMMIT = 4;

  private final Map<String, Object> values;
  private final Map<String, String> given;
  private final Policies policies;

  private NightglassConfig(
      Map<String, Object> values, Map<String, String> given, Policies policies) {
    this.values = values;
    this.given = given;
    this.policies = policies;
  }

  /** Names of topics. */
  public record Topics(
      String spectra,
      String results,
      String rejects,
      String plan,
      String nightEvents,
      String overrides,
      String targetState,
      String fieldProgress,
      String nightYield,
      String surveyYield,
      String nights) {}

  /**
   * Reads a configuration file.
   *
   * @throws ConfigFaultsException if it cannot be read
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigFaultsException(
          file.toString(),
          List.of("cannot be read: " + e + "; a properties file in UTF-8 is expected"));
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString().strip()));
    return settings;
  }

  /** The settings that environment variables give: those that spell a known key. */
  public static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    for (String key : Settings.DEFINITION.names()) {
      String value =
          environment.get(ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT));
      if (value != null) {
        settings.put(key, value.strip());
      }
    }
    return settings;
  }

  /**
   * Checks settings as a whole.
   *
   * @param source where they came from, for messages
   * @param given keys and values as written
   * @throws ConfigFaultsException with every fault
   */
  public static NightglassConfig of(String source, Map<String, String> given) {
    List<String> faults = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    for (ConfigValue value : Settings.DEFINITION.validate(given)) {
      value.errorMessages().stream()
          .limit(1) // what follows is the first fault's doing: "must be non-null"
          .forEach(message -> faults.add(withAccepted(value.name(), message)));
      if (value.errorMessages().isEmpty() && value.value() != null) {
        values.put(value.name(), value.value());
      }
    }
    addRegistryFaults(given, faults);
    addUnknownKeys(given, faults);
    addCrossFaults(values, faults);
    Policies policies = PolicyReader.read(given, faults);
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException(source, faults);
    }
    return new NightglassConfig(values, new TreeMap<>(given), policies);
  }

  private static String withAccepted(String key, String message) {
    ConfigDef.ConfigKey definition =
        Objects.requireNonNull(Settings.DEFINITION.configKeys().get(key), key);
    String accepted =
        definition.validator == null
            ? definition.type.name().toLowerCase(Locale.ROOT)
            : definition.validator.toString();
    return message.replace(
            "Missing required configuration \"" + key + "\" which has no default value.",
            key + " is missing and has no default")
        + " (accepted: "
        + accepted
        + ")";
  }

  private static void addRegistryFaults(Map<String, String> given, List<String> faults) {
    RegistryConfig.definition().validate(given).stream()
        .filter(value -> !Settings.DEFINITION.names().contains(value.name()))
        .flatMap(value -> value.errorMessages().stream())
        .forEach(faults::add);
  }

  private static boolean isForSerdes(String key) {
    return SERDE_KEYS.contains(key)
        || key.startsWith(SERDE_PREFIX)
        || RegistryConfig.definition().names().contains(key);
  }

  private static void addUnknownKeys(Map<String, String> given, List<String> faults) {
    Set<String> known = Settings.DEFINITION.names();
    given.keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(
            key -> {
              if (key.startsWith(Settings.KAFKA_PREFIX)) {
                String passed = key.substring(Settings.KAFKA_PREFIX.length());
                if (OWNED_BY_NIGHTGLASS.contains(passed)) {
                  faults.add(
                      key
                          + " cannot be passed to Kafka: Nightglass sets "
                          + passed
                          + " itself"
                          + (known.contains(passed) ? "; set " + passed + " instead" : ""));
                }
              } else if (!isForSerdes(key) && !key.startsWith(PolicyReader.PREFIX)) {
                faults.add(key + " is not a setting; " + hint(key, known));
              }
            });
  }

  /** The setting that was meant, where one is written nearly alike. */
  private static String hint(String key, Set<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest = nearest(key, known, distance);
    return distance.apply(key, nearest) <= key.length() / 2
        ? "did you mean " + nearest + "?"
        : "docs/configuration.md lists them";
  }

  private static String nearest(String key, Set<String> known, LevenshteinDistance distance) {
    return known.stream()
        .min(
            Comparator.comparingInt((String name) -> distance.apply(key, name))
                .thenComparing(name -> name))
        .orElseThrow();
  }

  private static void addCrossFaults(Map<String, Object> values, List<String> faults) {
    Object commit = values.get(Settings.COMMIT_INTERVAL);
    Object linger = values.get(Settings.BATCH_LINGER);
    Object timeout = values.get(Settings.TRANSACTION_TIMEOUT);
    if (commit instanceof Long c && linger instanceof Long l && c < LEAST_LINGERS_PER_COMMIT * l) {
      faults.add(
          "%s=%d is less than %d times %s=%d: every commit cuts a batch short (accepted: at least %d)"
              .formatted(
                  Settings.COMMIT_INTERVAL,
                  c,
                  LEAST_LINGERS_PER_COMMIT,
                  Settings.BATCH_LINGER,
                  l,
                  LEAST_LINGERS_PER_COMMIT * l));
    }
    if (commit instanceof Long c && timeout instanceof Integer t && c * 2 > t) {
      faults.add(
          "%s=%d is more than half of %s=%d: a commit that comes late would find its transaction given up (accepted: at most %d)"
              .formatted(Settings.COMMIT_INTERVAL, c, Settings.TRANSACTION_TIMEOUT, t, t / 2));
    }
    if (!"".equals(values.getOrDefault(Settings.OBSERVATORY_ZONE, ""))
        && values.get(Settings.OBSERVATORY_LONGITUDE) != null) {
      faults.add(
          "%s=%s and %s=%s are both set (accepted: one of them)"
              .formatted(
                  Settings.OBSERVATORY_ZONE,
                  values.get(Settings.OBSERVATORY_ZONE),
                  Settings.OBSERVATORY_LONGITUDE,
                  values.get(Settings.OBSERVATORY_LONGITUDE)));
    }
    if (values.get(Settings.HTTP_ENABLED) instanceof Boolean served
        && served
        && values.get(Settings.HTTP_HOST) instanceof String host
        && !Loopback.is(host)
        && "".equals(values.get(Settings.HTTP_TOKEN))) {
      faults.add(
          "%s is empty, but %s=%s lets other machines in (accepted: a token of your choice, or %s of this machine alone)"
              .formatted(Settings.HTTP_TOKEN, Settings.HTTP_HOST, host, Settings.HTTP_HOST));
    }
    Map<Object, String> topics = new HashMap<>();
    for (String key : Settings.TOPICS) {
      Object name = values.get(key);
      String other = name == null ? null : topics.put(name, key);
      if (other != null) {
        faults.add(key + "=" + name + " is also " + other + " (accepted: a topic of its own)");
      }
    }
  }

  /** The same, served on a free port of this machine alone. */
  public NightglassConfig onLoopback() {
    Map<String, String> changed = new HashMap<>(given);
    changed.put(Settings.HTTP_HOST, "127.0.0.1");
    changed.put(Settings.HTTP_PORT, "0");
    return of("served on loopback", changed);
  }

  public String string(String key) {
    return (String) value(key);
  }

  public int integer(String key) {
    return ((Number) value(key)).intValue();
  }

  public long longInteger(String key) {
    return ((Number) value(key)).longValue();
  }

  public boolean flag(String key) {
    return (Boolean) value(key);
  }

  public Class<?> type(String key) {
    return (Class<?>) value(key);
  }

  /** A list's parts, in order, without empty ones. */
  public List<String> list(String key) {
    return ((List<?>) value(key))
        .stream().map(Object::toString).filter(part -> !part.isEmpty()).toList();
  }

  public Duration milliseconds(String key) {
    return Duration.ofMillis(longInteger(key));
  }

  public Topics topics() {
    return new Topics(
        string(Settings.TOPIC_SPECTRA),
        string(Settings.TOPIC_RESULTS),
        string(Settings.TOPIC_REJECTS),
        string(Settings.TOPIC_PLAN),
        string(Settings.TOPIC_NIGHT_EVENTS),
        string(Settings.TOPIC_OVERRIDES),
        string(Settings.TOPIC_TARGET_STATE),
        string(Settings.TOPIC_FIELD_PROGRESS),
        string(Settings.TOPIC_NIGHT_YIELD),
        string(Settings.TOPIC_SURVEY_YIELD),
        string(Settings.TOPIC_NIGHTS));
  }

  /** Where the telescope stands; null where that is not configured. */
  public @Nullable Observatory observatory() {
    String zone = string(Settings.OBSERVATORY_ZONE);
    if (!zone.isEmpty()) {
      return new Observatory.Civil(ZoneId.of(zone));
    }
    Object longitude = values.get(Settings.OBSERVATORY_LONGITUDE);
    return longitude == null ? null : new Observatory.Solar((Double) longitude);
  }

  /** What each programme wants. */
  public Policies policies() {
    return policies;
  }

  public boolean exactlyOnce() {
    return string(Settings.PROCESSING_GUARANTEE).equals("exactly_once_v2");
  }

  /**
   * What goes to Kafka's clients: {@code bootstrap.servers}, and every {@code kafka.*} without its
   * prefix.
   */
  public Map<String, Object> kafka() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(Settings.BOOTSTRAP_SERVERS, String.join(",", list(Settings.BOOTSTRAP_SERVERS)));
    given.forEach(
        (key, value) -> {
          if (key.startsWith(Settings.KAFKA_PREFIX)) {
            settings.put(key.substring(Settings.KAFKA_PREFIX.length()), value);
          }
        });
    return settings;
  }

  /** What goes to the serdes: the registry's address, credentials and the like. */
  public Map<String, Object> serdes() {
    Map<String, Object> settings = new HashMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(SERDE_PREFIX)) {
            settings.put(key.substring(SERDE_PREFIX.length()), value);
          } else if (isForSerdes(key)) {
            settings.put(key, value);
          }
        });
    return settings;
  }

  private Object value(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key + " is not a setting of this configuration");
    }
    return value;
  }
}
