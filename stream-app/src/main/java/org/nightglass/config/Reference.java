package org.nightglass.config;

import java.util.Comparator;
import org.apache.kafka.common.config.ConfigDef;

/** The reference page of all settings, made from their one definition. */
public final class Reference {
  private Reference() {}

  /**
   * The page in Markdown; {@code docs/configuration.md} holds it, and a test holds the two
   * together.
   */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Made from `org.nightglass.config.Settings`; do not edit. A configuration file is a Java properties file in UTF-8;
            an environment variable `NIGHTGLASS_<KEY>` (upper case, dots as underscores) overrides it, and an option of the
            command line overrides both. `./nightglass check-config FILE` tells every fault at once.

            `kafka.*` goes to Kafka's clients with the prefix taken off (`kafka.security.protocol=SASL_SSL`);
            `schema.registry.*`, `basic.auth.*`, `bearer.auth.*` go to the serdes as they are.

            | key | type | default | accepted | meaning |
            |---|---|---|---|---|
            """);
    Settings.DEFINITION.configKeys().values().stream()
        .sorted(Comparator.comparing(key -> key.name))
        .forEach(key -> page.append(row(key)));
    return page.toString();
  }

  private static String row(ConfigDef.ConfigKey key) {
    Object value = key.hasDefault() ? key.defaultValue : null;
    String text =
        !key.hasDefault()
            ? "*(required)*"
            : value instanceof Class<?> type ? "`" + type.getSimpleName() + "`" : "`" + value + "`";
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(java.util.Locale.ROOT),
            value == null && key.hasDefault() || "``".equals(text) || "`[]`".equals(text)
                ? "*(empty)*"
                : text,
            key.validator == null ? "" : key.validator.toString(),
            key.documentation);
  }
}
