package org.nightglass.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
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

  public RegistryConfig {
    urls = List.copyOf(urls);
  }

  /** Every setting with its type, default, limits and text. */
  public static ConfigDef definition() {
    return RegistryConfigDef.define();
  }

  /**
   * Reads the registry's settings; other keys are ignored.
   *
   * @throws ConfigException naming every fault at once
   */
  public static RegistryConfig from(Map<String, ?> settings) {
    return new RegistryConfigReader(settings).read();
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
}
