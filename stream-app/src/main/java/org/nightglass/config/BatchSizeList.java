package org.nightglass.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Rising batch sizes, or nothing. */
final class BatchSizeList implements ConfigDef.Validator {
  private static final int GREATEST = 65_536; // of a model card, too

  @Override
  public void ensureValid(String key, Object value) {
    int before = 0;
    for (Object part : (List<?>) value) {
      int size = size(part.toString());
      if (size <= before || size > GREATEST) {
        throw new ConfigException(key, value, "does not rise from 1 to at most " + GREATEST);
      }
      before = size;
    }
  }

  private static int size(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return "rising numbers from 1 to %d, or nothing".formatted(GREATEST);
  }
}
