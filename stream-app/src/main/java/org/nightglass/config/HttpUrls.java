package org.nightglass.config;

import java.net.URI;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** One or more addresses of http or https, separated by commas. */
final class HttpUrls implements ConfigDef.Validator {
  @Override
  public void ensureValid(String key, Object value) {
    for (String url : String.valueOf(value).split(",", -1)) {
      if (!isHttp(url.strip())) {
        throw new ConfigException(
            key, url, "is not an address that begins with http:// or https://");
      }
    }
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "http(s)://host:port/path,…";
  }
}
