package org.nightglass.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Degrees east of Greenwich, or nothing. */
final class Longitude implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, @Nullable Object value) {
    if (value instanceof Double degrees && !(degrees >= -180 && degrees <= 180)) {
      throw new ConfigException(key, value, "must lie within -180 to 180");
    }
  }

  @Override
  public String toString() {
    return "-180 to 180, or nothing";
  }
}
