package org.nightglass.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** A time zone that Java knows, or nothing. */
final class TimeZoneName implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, Object value) {
    String zone = String.valueOf(value);
    if (zone.isEmpty()) {
      return;
    }
    try {
      ZoneId unused = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ConfigException(key, value, "is no time zone");
    }
  }

  @Override
  public String toString() {
    return "a name of the tz database, or nothing";
  }
}
