package org.nightglass.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.schemas.registry.RegistryException;
import org.nightglass.schemas.registry.SchemaRegistryClient;
import org.nightglass.schemas.serde.PublishedSchema;
import org.nightglass.schemas.serde.SerdeConfig;

/**
 * Makes Nightglass's schemas known to the registry, so that other producers and consumers find them
 * there.
 */
public final class Schemas {
  private Schemas() {}

  /**
   * Registers the schema of every topic under its subject, {@code <topic>-value}; where the
   * configuration forbids to register, asks whether they are there.
   *
   * @return every fault, in words; empty if all are known
   */
  public static List<String> register(NightglassConfig config) {
    Map<String, Object> settings = config.serdes();
    boolean mayRegister =
        !"false".equals(String.valueOf(settings.get(SerdeConfig.AUTO_REGISTER_SCHEMAS)));
    List<String> faults = new ArrayList<>();
    try {
      SchemaRegistryClient registry = SchemaRegistryClient.of(settings);
      schemas(config.topics())
          .forEach(
              (topic, schema) ->
                  register(registry, topic + "-value", PublishedSchema.of(schema), mayRegister)
                      .ifPresent(faults::add));
    } catch (RegistryException.Unavailable unreachable) {
      faults.add(Settings.REGISTRY_URL + ": " + unreachable.getMessage());
    }
    return faults;
  }

  private static Optional<String> register(
      SchemaRegistryClient registry, String subject, Schema schema, boolean mayRegister) {
    try {
      int unused =
          mayRegister ? registry.register(subject, schema) : registry.lookup(subject, schema);
      return Optional.empty();
    } catch (RegistryException.NotFound missing) {
      return Optional.of(
          "the schema of %s is not registered, and %s=false: %s"
              .formatted(subject, SerdeConfig.AUTO_REGISTER_SCHEMAS, missing.getMessage()));
    } catch (RegistryException.Refused refused) {
      return Optional.of(
          "the registry refuses the schema of " + subject + ": " + refused.getMessage());
    }
  }

  private static Map<String, Schema> schemas(NightglassConfig.Topics topics) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    schemas.put(topics.spectra(), Spectrum.getClassSchema());
    schemas.put(topics.results(), SpectrumResult.getClassSchema());
    schemas.put(topics.rejects(), Reject.getClassSchema());
    schemas.put(topics.plan(), PlannedTarget.getClassSchema());
    schemas.put(topics.nightEvents(), NightEvent.getClassSchema());
    return schemas;
  }
}
