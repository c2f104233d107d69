package org.nightglass.schemas.registry;

import static org.nightglass.schemas.registry.RegistryConfig.BASIC_AUTH_SOURCE;
import static org.nightglass.schemas.registry.RegistryConfig.BASIC_AUTH_USER_INFO;
import static org.nightglass.schemas.registry.RegistryConfig.BEARER_AUTH_TOKEN;
import static org.nightglass.schemas.registry.RegistryConfig.CONNECT_TIMEOUT_MS;
import static org.nightglass.schemas.registry.RegistryConfig.KEYSTORE_LOCATION;
import static org.nightglass.schemas.registry.RegistryConfig.KEYSTORE_PASSWORD;
import static org.nightglass.schemas.registry.RegistryConfig.KEYSTORE_TYPE;
import static org.nightglass.schemas.registry.RegistryConfig.KEY_PASSWORD;
import static org.nightglass.schemas.registry.RegistryConfig.MAX_RETRIES;
import static org.nightglass.schemas.registry.RegistryConfig.MISSING_CACHE_SIZE;
import static org.nightglass.schemas.registry.RegistryConfig.MISSING_ID_TTL_SEC;
import static org.nightglass.schemas.registry.RegistryConfig.READ_TIMEOUT_MS;
import static org.nightglass.schemas.registry.RegistryConfig.RETRIES_MAX_WAIT_MS;
import static org.nightglass.schemas.registry.RegistryConfig.RETRIES_WAIT_MS;
import static org.nightglass.schemas.registry.RegistryConfig.TRUSTSTORE_LOCATION;
import static org.nightglass.schemas.registry.RegistryConfig.TRUSTSTORE_PASSWORD;
import static org.nightglass.schemas.registry.RegistryConfig.TRUSTSTORE_TYPE;
import static org.nightglass.schemas.registry.RegistryConfig.URL;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads the registry's settings, and collects every fault before it throws. */
final class RegistryConfigReader {
  private static final ConfigDef DEFINITION = RegistryConfigDef.define();

  private final Map<String, ConfigValue> values;
  private final List<String> faults = new ArrayList<>();

  RegistryConfigReader(Map<String, ?> settings) {
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
        given.stream().map(RegistryConfigReader::withoutUserInfo).toList(),
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
