package org.nightglass.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.schemas.registry.Compatibility;
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
    SubjectVisit visit =
        mayRegister(config)
            ? (registry, subject, schema) -> registry.register(subject, schema)
            : (registry, subject, schema) -> registry.lookup(subject, schema);
    return visit(config, visit);
  }

  /**
   * Asks whether the registry has, or would take, the schemas. Changes nothing.
   *
   * @return every fault, in words; empty if a start would find or register all
   */
  public static List<String> check(NightglassConfig config) {
    SubjectVisit lookup = (registry, subject, schema) -> registry.lookup(subject, schema);
    SubjectVisit compatible =
        (registry, subject, schema) -> {
          Compatibility answer = registry.checkCompatibility(subject, schema);
          return answer.compatible() ? 0 : refuse(answer);
        };
    return visit(config, mayRegister(config) ? compatible : lookup);
  }

  private interface SubjectVisit {
    int visit(SchemaRegistryClient registry, String subject, Schema schema);
  }

  private static int refuse(Compatibility answer) {
    throw new IllegalStateException(String.join("; ", answer.messages()));
  }

  private static boolean mayRegister(NightglassConfig config) {
    return !"false".equals(String.valueOf(config.serdes().get(SerdeConfig.AUTO_REGISTER_SCHEMAS)));
  }

  private static List<String> visit(NightglassConfig config, SubjectVisit visit) {
    List<String> faults = new ArrayList<>();
    try {
      SchemaRegistryClient registry = SchemaRegistryClient.of(config.serdes());
      schemas(config.topics())
          .forEach(
              (topic, schema) ->
                  fault(visit, registry, topic + "-value", PublishedSchema.of(schema))
                      .ifPresent(faults::add));
    } catch (RegistryException.Unavailable unreachable) {
      faults.add(Settings.REGISTRY_URL + ": " + unreachable.getMessage());
    }
    return faults;
  }

  private static Optional<String> fault(
      SubjectVisit visit, SchemaRegistryClient registry, String subject, Schema schema) {
    try {
      int unused = visit.visit(registry, subject, schema);
      return Optional.empty();
    } catch (RegistryException.NotFound missing) {
      return Optional.of(
          "the schema of %s is not registered, and %s=false: %s"
              .formatted(subject, SerdeConfig.AUTO_REGISTER_SCHEMAS, missing.getMessage()));
    } catch (RegistryException.Refused | IllegalStateException refused) {
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
    schemas.put(topics.overrides(), TargetOverride.getClassSchema());
    schemas.put(topics.targetState(), TargetState.getClassSchema());
    schemas.put(topics.fieldProgress(), FieldProgress.getClassSchema());
    schemas.put(topics.nightYield(), NightYield.getClassSchema());
    schemas.put(topics.surveyYield(), NightYield.getClassSchema());
    schemas.put(topics.nights(), NightStatus.getClassSchema());
    return schemas;
  }
}
