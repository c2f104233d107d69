package org.nightglass.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.nightglass.infer.DeviceChoice;

/** A choice of devices for the model. */
final class Devices implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, Object value) {
    try {
      DeviceChoice unused = DeviceChoice.parse(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, "names no devices");
    }
  }

  @Override
  public String toString() {
    return DeviceChoice.ACCEPTED;
  }
}
