package org.nightglass.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the schema registry. Keys are spelled as Confluent's clients spell them, so that one
 * configuration serves both.
 *
 * @param urls base addresses of one registry's instances, paths kept (Apicurio: {@code
 *     http://host:port/apis/ccompat/v7}), without credentials; tried in turn
 * @param authorization value of the {@code Authorization} header; null = none
 * @param tls key and trust stores; null = the JVM's own
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer
 * @param backoff when to try again
 * @param missingTtl how long an id that the registry did not know is not asked for again
 * @param missingCacheSize how many such ids are remembered
 */
public record RegistryConfig(
    List<URI> urls,
    @Nullable String authorization,
    @Nullable TlsStores tls,
    Duration connectTimeout,
    Duration requestTimeout,
    Backoff backoff,
    Duration missingTtl,
    int missingCacheSize) {

  public static final String URL = "schema.registry.url";
  public static final String BASIC_AUTH_SOURCE = "basic.auth.credentials.source";
  public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
  public static final String BEARER_AUTH_SOURCE = "bearer.auth.credentials.source";
  public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";
  public static final String TRUSTSTORE_LOCATION = "schema.registry.ssl.truststore.location";
  public static final String TRUSTSTORE_PASSWORD = "schema.registry.ssl.truststore.password";
  public static final String TRUSTSTORE_TYPE = "schema.registry.ssl.truststore.type";
  public static final String KEYSTORE_LOCATION = "schema.registry.ssl.keystore.location";
  public static final String KEYSTORE_PASSWORD = "schema.registry.ssl.keystore.password";
  public static final String KEYSTORE_TYPE = "schema.registry.ssl.keystore.type";
  public static final String KEY_PASSWORD = "schema.registry.ssl.key.password";
  public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
  public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
  public static final String MAX_RETRIES = "max.retries";
  public static final String RETRIES_WAIT_MS = "retries.wait.ms";
  public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";
  public static final String MISSING_ID_TTL_SEC = "missing.id.cache.ttl.sec";
  public static final String MISSING_CACHE_SIZE = "missing.cache.size";

  private static final ConfigDef DEFINITION = define();

  public RegistryConfig {
    urls = List.copyOf(urls);
  }

  /** Every setting with its type, default, limits and text. */
  public static ConfigDef definition() {
    return new ConfigDef(DEFINITION);
  }

  /**
   * Reads the registry's settings; other keys are ignored.
   *
   * @throws ConfigException naming every fault at once
   */
  public static RegistryConfig from(Map<String, ?> settings) {
    return new Reader(settings).read();
  }

  /** Credentials stay out of logs. */
  @Override
  public String toString() {
    return "RegistryConfig[urls=%s, authorization=%s, tls=%s, connectTimeout=%s, requestTimeout=%s, backoff=%s]"
        .formatted(
            urls,
            authorization == null ? "none" : "[hidden]",
            tls,
            connectTimeout,
            requestTimeout,
            backoff);
  }

  private static ConfigDef define() {
    ConfigDef def = new ConfigDef();
    def.define(
        URL,
        Type.LIST,
        ConfigDef.NO_DEFAULT_VALUE,
        Importance.HIGH,
        "Addresses of the schema registry, comma-separated, paths kept (Apicurio: …/apis/ccompat/v7).");
    def.define(
        BASIC_AUTH_SOURCE,
        Type.STRING,
        "URL",
        ValidString.in("URL", "USER_INFO"),
        Importance.MEDIUM,
        "Where user and password come from: URL (http://user:password@host) or USER_INFO ("
            + BASIC_AUTH_USER_INFO
            + ").");
    secret(def, BASIC_AUTH_USER_INFO, "user:password for basic authentication.");
    def.define(
        BEARER_AUTH_SOURCE,
        Type.STRING,
        "STATIC_TOKEN",
        ValidString.in("STATIC_TOKEN"),
        Importance.MEDIUM,
        "Where the bearer token comes from: STATIC_TOKEN (" + BEARER_AUTH_TOKEN + ").");
    secret(def, BEARER_AUTH_TOKEN, "Token for bearer authentication.");
    store(def, TRUSTSTORE_LOCATION, TRUSTSTORE_PASSWORD, TRUSTSTORE_TYPE, "trusted certificates");
    store(def, KEYSTORE_LOCATION, KEYSTORE_PASSWORD, KEYSTORE_TYPE, "the client's certificate");
    secret(def, KEY_PASSWORD, "Password of the key in the key store; its store's where not given.");
    number(def, CONNECT_TIMEOUT_MS, 5_000, 1, "Longest wait for a connection in milliseconds.");
    number(def, READ_TIMEOUT_MS, 10_000, 1, "Longest wait for an answer in milliseconds.");
    number(def, MAX_RETRIES, 5, 0, "How often a call is tried again after the first failure.");
    number(def, RETRIES_WAIT_MS, 200, 1, "Wait before the first retry in milliseconds; doubles.");
    number(def, RETRIES_MAX_WAIT_MS, 5_000, 1, "Longest wait before a retry in milliseconds.");
    number(
        def, MISSING_ID_TTL_SEC, 10, 0, "Seconds for which an unknown id is not asked for again.");
    number(def, MISSING_CACHE_SIZE, 1_000, 1, "How many unknown ids are remembered.");
    return def;
  }

  private static void secret(ConfigDef def, String key, String text) {
    def.define(key, Type.PASSWORD, null, Importance.MEDIUM, text);
  }

  private static void number(ConfigDef def, String key, int value, int least, String text) {
    def.define(key, Type.INT, value, Range.atLeast(least), Importance.LOW, text);
  }

  private static void store(
      ConfigDef def, String location, String password, String type, String what) {
    def.define(location, Type.STRING, null, Importance.MEDIUM, "File with " + what + ".");
    secret(def, password, "Password of the file with " + what + ".");
    def.define(
        type,
        Type.STRING,
        "PKCS12",
        ValidString.in("PKCS12", "JKS", "PEM"),
        Importance.LOW,
        "Type of the file with " + what + "; PEM for certificates to trust only.");
  }

  /** Collects every fault before it throws. */
  private static final class Reader {
    private final Map<String, ConfigValue> values;
    private final List<String> faults = new ArrayList<>();

    Reader(Map<String, ?> settings) {
      values = DEFINITION.validateAll(asText(settings));
      values.forEach(
          (key, value) -> value.errorMessages().forEach(message -> faults.add(key(key, message))));
    }

    RegistryConfig read() {
      List<URI> given = urls();
      @Nullable String authorization = authorization(given);
      @Nullable TlsStores tls = tls();
      if (!faults.isEmpty()) {
        throw new ConfigException("Schema registry settings: " + String.join("; ", faults));
      }
      return new RegistryConfig(
          given.stream().map(Reader::withoutUserInfo).toList(),
          authorization,
          tls,
          millis(CONNECT_TIMEOUT_MS),
          millis(READ_TIMEOUT_MS),
          new Backoff(number(MAX_RETRIES), millis(RETRIES_WAIT_MS), millis(RETRIES_MAX_WAIT_MS)),
          Duration.ofSeconds(number(MISSING_ID_TTL_SEC)),
          number(MISSING_CACHE_SIZE));
    }

    private List<URI> urls() {
      List<URI> urls = new ArrayList<>();
      if (!(value(URL) instanceof List<?> list)) {
        return urls;
      }
      if (list.isEmpty()) {
        faults.add(URL + " is empty");
      }
      for (Object item : list) {
        try {
          URI uri = URI.create(item.toString().strip().replaceAll("/+$", ""));
          boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          if (!http || uri.getHost() == null) {
            faults.add(URL + " is no http(s) address: " + withoutUserInfo(uri));
          } else {
            urls.add(uri);
          }
        } catch (IllegalArgumentException e) {
          // Not the text itself: it may hold a password.
          faults.add(URL + " holds an address that is not well-formed");
        }
      }
      return urls;
    }

    private @Nullable String authorization(List<URI> urls) {
      @Nullable String token = secret(BEARER_AUTH_TOKEN);
      @Nullable String user = secret(BASIC_AUTH_USER_INFO);
      boolean userInfo = "USER_INFO".equals(value(BASIC_AUTH_SOURCE));
      if (userInfo && (user == null || user.indexOf(':') < 1)) {
        faults.add(BASIC_AUTH_USER_INFO + " must be user:password");
        return null;
      }
      if (!userInfo && user != null) {
        faults.add(
            BASIC_AUTH_USER_INFO + " is given, but " + BASIC_AUTH_SOURCE + " is not USER_INFO");
        return null;
      }
      if (!userInfo) {
        user = urls.stream().map(URI::getUserInfo).filter(i -> i != null).findFirst().orElse(null);
      }
      if (token != null && user != null) {
        faults.add(BEARER_AUTH_TOKEN + " and basic authentication exclude each other");
        return null;
      }
      if (token != null) {
        return "Bearer " + token;
      }
      return user == null ? null : Credentials.basic(user);
    }

    private @Nullable TlsStores tls() {
      TlsStores.@Nullable Store trust =
          store(TRUSTSTORE_LOCATION, TRUSTSTORE_PASSWORD, TRUSTSTORE_TYPE);
      TlsStores.@Nullable Store key = store(KEYSTORE_LOCATION, KEYSTORE_PASSWORD, KEYSTORE_TYPE);
      if (key != null && key.type().equals("PEM")) {
        faults.add(KEYSTORE_TYPE + " must be PKCS12 or JKS");
      }
      if (trust == null && key == null) {
        return null;
      }
      TlsStores stores = new TlsStores(trust, key, secret(KEY_PASSWORD));
      if (faults.isEmpty()) {
        try {
          stores.context();
        } catch (ConfigException e) {
          faults.add(String.valueOf(e.getMessage()));
        }
      }
      return stores;
    }

    private TlsStores.@Nullable Store store(String location, String password, String type) {
      return value(location) instanceof String path && !path.isBlank()
          ? new TlsStores.Store(path, secret(password), String.valueOf(value(type)))
          : null;
    }

    private @Nullable Object value(String key) {
      ConfigValue value = values.get(key);
      return value == null ? null : value.value();
    }

    private @Nullable String secret(String key) {
      return value(key) instanceof Password p && !p.value().isEmpty() ? p.value() : null;
    }

    private int number(String key) {
      return value(key) instanceof Integer i ? i : 0;
    }

    private Duration millis(String key) {
      return Duration.ofMillis(number(key));
    }

    private static String key(String key, String message) {
      return message.contains(key) ? message : key + ": " + message;
    }

    private static URI withoutUserInfo(URI uri) {
      return uri.getRawUserInfo() == null
          ? uri
          : URI.create(uri.toString().replace(uri.getRawUserInfo() + "@", ""));
    }

    private static Map<String, String> asText(Map<String, ?> settings) {
      Map<String, String> text = new HashMap<>();
      settings.forEach(
          (key, value) -> {
            if (DEFINITION.names().contains(key) && value != null) {
              text.put(key, asText(value));
            }
          });
      return text;
    }

    private static String asText(Object value) {
      if (value instanceof Password p) {
        return p.value();
      }
      if (value instanceof List<?> list) {
        return String.join(",", list.stream().map(String::valueOf).toList());
      }
      return value.toString();
    }
  }
}
