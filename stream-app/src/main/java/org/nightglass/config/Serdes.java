package org.nightglass.config;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.nightglass.schemas.serde.SerdeConfig;

/**
 * Makes the serdes that a configuration names: Nightglass's own, or whatever a site puts on the
 * class path.
 */
public final class Serdes {
  private Serdes() {}

  /**
   * A configured serializer or deserializer of values.
   *
   * @param key the setting that names its class
   * @param type of the records; Confluent's deserializer is told to give it too
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the configured class decides
  public static <T> T configured(NightglassConfig config, String key, Class<?> type) {
    Object serde = Utils.newInstance(config.type(key));
    Map<String, Object> settings = new HashMap<>(config.serdes());
    if (serde instanceof Deserializer<?>) { // a serializer writes whatever it is given
      settings.put(SerdeConfig.SPECIFIC_AVRO_VALUE_TYPE, type.getName());
      settings.put("specific.avro.reader", "true");
    }
    if (serde instanceof Serializer<?> serializer) {
      serializer.configure(settings, false);
    } else if (serde instanceof Deserializer<?> deserializer) {
      deserializer.configure(settings, false);
    } else if (serde instanceof Configurable configurable) {
      configurable.configure(settings);
    }
    return (T) serde;
  }
}
