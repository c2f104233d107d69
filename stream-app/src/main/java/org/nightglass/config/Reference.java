package org.nightglass.config;

import java.util.Comparator;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.nightglass.policy.PolicySettings;
import org.nightglass.schemas.registry.RegistryConfig;

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

            `kafka.*` goes to Kafka's clients with the prefix taken off (`kafka.security.protocol=SASL_SSL`). Settings of the
            registry client (second table) go to the serdes as they are, and `serde.config.*` with the prefix taken off, for
            serdes of a site's own.

            | key | type | default | accepted | meaning |
            |---|---|---|---|---|
            """);
    rows(Settings.DEFINITION, page);
    page.append(
        """

        ## Programmes

        What each survey programme wants: `programme.NAME.KEY`. `programme.default.KEY` holds for programmes that are not
        named and is what the named ones start from; where any is named, a plan for another one is rejected. Keys of
        acceptance and observations may be given for one class or family too: `programme.dark.class.QSO.observations.good=4`.
        Ready-made ones: [deploy/surveys](../deploy/surveys).

        | key | type | default | accepted | meaning |
        |---|---|---|---|---|
        """);
    rows(PolicySettings.DEFINITION, page);
    page.append(
        "%n## The registry client%n%n| key | type | default | accepted | meaning |%n|---|---|---|---|---|%n"
            .formatted());
    rows(RegistryConfig.definition(), page);
    return page.toString();
  }

  private static void rows(ConfigDef definition, StringBuilder page) {
    definition.configKeys().values().stream()
        .filter(
            key ->
                definition != RegistryConfig.definition()
                    || !Settings.DEFINITION.names().contains(key.name))
        .sorted(Comparator.comparing(key -> key.name))
        .forEach(key -> page.append(row(key)));
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
            key.type.name().toLowerCase(Locale.ROOT),
            value == null && key.hasDefault() || "``".equals(text) || "`[]`".equals(text)
                ? "*(empty)*"
                : text,
            key.validator == null ? "" : key.validator.toString(),
            key.documentation);
  }
}
