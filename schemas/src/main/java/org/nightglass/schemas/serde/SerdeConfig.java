package org.nightglass.schemas.serde;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.nightglass.schemas.registry.RegistryConfig;

/**
 * Settings of serializer and deserializer, beside those of {@link RegistryConfig}; keys are spelled
 * as Confluent's serdes spell them.
 *
 * @param registry how to reach the registry
 * @param autoRegister whether the serializer registers schemas; if not, they must be there
 * @param isKey whether for keys, whose subject is {@code <topic>-key}; else {@code <topic>-value}
 * @param type the class to read, where the settings name one
 */
public record SerdeConfig(
    RegistryConfig registry,
    boolean autoRegister,
    boolean isKey,
    @Nullable Class<? extends SpecificRecord> type) {

  /** Whether the serializer registers schemas: {@code true} (default) or {@code false}. */
  public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";

  /** Class that values are read as, where the deserializer is made by its class name. */
  public static final String SPECIFIC_AVRO_VALUE_TYPE = "specific.avro.value.type";

  /** Class that keys are read as, where the deserializer is made by its class name. */
  public static final String SPECIFIC_AVRO_KEY_TYPE = "specific.avro.key.type";

  /** How subjects are named; only the default, by topic, is supported. */
  public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

  /** How subjects are named; only the default, by topic, is supported. */
  public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";

  /**
   * Reads the settings; keys that are neither these nor the registry's are ignored.
   *
   * @throws ConfigException naming every fault at once
   */
  static SerdeConfig from(Map<String, ?> settings, boolean isKey) {
    List<String> faults = new ArrayList<>();
    @Nullable RegistryConfig registry = null;
    try {
      registry = RegistryConfig.from(settings);
    } catch (ConfigException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    boolean autoRegister = flag(settings, faults);
    checkStrategy(
        settings, isKey ? KEY_SUBJECT_NAME_STRATEGY : VALUE_SUBJECT_NAME_STRATEGY, faults);
    @Nullable Class<? extends SpecificRecord> type =
        type(settings, isKey ? SPECIFIC_AVRO_KEY_TYPE : SPECIFIC_AVRO_VALUE_TYPE, faults);
    if (!faults.isEmpty() || registry == null) {
      throw new ConfigException(String.join("; ", faults));
    }
    return new SerdeConfig(registry, autoRegister, isKey, type);
  }

  /** The subject of a topic's schemas (Confluent's TopicNameStrategy). */
  static String subject(String topic, boolean isKey) {
    return topic + (isKey ? "-key" : "-value");
  }

  private static boolean flag(Map<String, ?> settings, List<String> faults) {
    Object value = settings.get(AUTO_REGISTER_SCHEMAS);
    String text = value == null ? "true" : value.toString();
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      faults.add(AUTO_REGISTER_SCHEMAS + " is '" + text + "', must be true or false");
    }
    return text.equalsIgnoreCase("true");
  }

  private static void checkStrategy(Map<String, ?> settings, String key, List<String> faults) {
    Object value = settings.get(key);
    String name = value instanceof Class<?> c ? c.getName() : value == null ? "" : value.toString();
    if (!name.isEmpty() && !name.endsWith("TopicNameStrategy")) {
      faults.add(key + " is " + name + ", only TopicNameStrategy is supported");
    }
  }

  private static @Nullable Class<? extends SpecificRecord> type(
      Map<String, ?> settings, String key, List<String> faults) {
    Object value = settings.get(key);
    if (value == null) {
      return null;
    }
    try {
      Class<?> type = value instanceof Class<?> c ? c : load(value.toString());
      return type.asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException e) {
      faults.add(key + " is " + value + ": no such class");
    } catch (ClassCastException e) {
      faults.add(key + " is " + value + ": not a class generated from an Avro schema");
    }
    return null;
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return Class.forName(
        name, true, context == null ? SerdeConfig.class.getClassLoader() : context);
  }
}
