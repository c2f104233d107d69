package org.nightglass.schemas.registry;

import static org.nightglass.schemas.registry.RegistryConfig.BASIC_AUTH_SOURCE;
import static org.nightglass.schemas.registry.RegistryConfig.BASIC_AUTH_USER_INFO;
import static org.nightglass.schemas.registry.RegistryConfig.BEARER_AUTH_SOURCE;
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

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The registry's settings: type, default, limits and text of each. */
final class RegistryConfigDef {
  private RegistryConfigDef() {}

  static ConfigDef define() {
    ConfigDef def = new ConfigDef();
    def.define(
        URL,
        ConfigDef.Type.LIST,
        ConfigDef.NO_DEFAULT_VALUE,
        Importance.HIGH,
        "Addresses of the schema registry, comma-separated, paths kept (Apicurio: …/apis/ccompat/v7).");
    def.define(
        BASIC_AUTH_SOURCE,
        ConfigDef.Type.STRING,
        "URL",
        ValidString.in("URL", "USER_INFO"),
        Importance.MEDIUM,
        "Where user and password come from: URL (http://user:password@host) or USER_INFO ("
            + BASIC_AUTH_USER_INFO
            + ").");
    secret(def, BASIC_AUTH_USER_INFO, "user:password for basic authentication.");
    def.define(
        BEARER_AUTH_SOURCE,
        ConfigDef.Type.STRING,
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
    def.define(key, ConfigDef.Type.PASSWORD, null, Importance.MEDIUM, text);
  }

  private static void number(ConfigDef def, String key, int value, int least, String text) {
    def.define(key, ConfigDef.Type.INT, value, Range.atLeast(least), Importance.LOW, text);
  }

  private static void store(
      ConfigDef def, String location, String password, String type, String what) {
    def.define(location, ConfigDef.Type.STRING, null, Importance.MEDIUM, "File with " + what + ".");
    secret(def, password, "Password of the file with " + what + ".");
    def.define(
        type,
        ConfigDef.Type.STRING,
        "PKCS12",
        ValidString.in("PKCS12", "JKS", "PEM"),
        Importance.LOW,
        "Type of the file with " + what + "; PEM for certificates to trust only.");
  }
}
