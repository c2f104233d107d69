package org.nightglass.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** One or more {@code host:port}. */
final class Addresses implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, Object value) {
    List<?> addresses = (List<?>) value;
    if (addresses == null || addresses.isEmpty()) {
      throw new ConfigException(key, value, "must name at least one broker, as host:port");
    }
    for (Object address : addresses) {
      String host = Utils.getHost(address.toString());
      Integer port = Utils.getPort(address.toString());
      if (host == null || port == null || port < 1 || port > 65_535) {
        throw new ConfigException(key, address, "is not host:port with a port of 1 to 65535");
      }
    }
  }

  @Override
  public String toString() {
    return "host:port,…";
  }
}
