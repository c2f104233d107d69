package org.nightglass.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** A replication factor, or -1 for the brokers' default. */
final class Replication implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, Object value) {
    int factor = ((Number) value).intValue();
    if (factor != -1 && factor < 1) {
      throw new ConfigException(key, value, "must be -1 (the brokers' default) or at least 1");
    }
  }

  @Override
  public String toString() {
    return "-1 or at least 1";
  }
}
