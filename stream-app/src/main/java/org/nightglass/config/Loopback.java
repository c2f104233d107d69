package org.nightglass.config;

import java.util.regex.Pattern;

/** Addresses that only this machine can reach; names are not looked up. */
final class Loopback {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  static boolean is(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
