package org.nightglass.app;

import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.nightglass.config.NightglassConfig;

/** Makes the serdes that a configuration names: Nightglass's own, or whatever a site puts on the class path. */
public final class Serdes {
  private Serdes() {}

  /**
   * A configured serializer or deserializer of values.
   *
   * @param key the setting that names its class
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the configured class decides
  public static <T> T configured(NightglassConfig config, String key) {
    Object serde = Utils.newInstance(config.type(key));
    Map<String, Object> settings = config.serdes();
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
