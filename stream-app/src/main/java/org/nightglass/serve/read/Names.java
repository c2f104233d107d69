package org.nightglass.serve.read;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps one object of each name: two hundred thousand rows of a night share a few hundred. */
final class Names {
  /** Beyond that, names are not what they are taken for, and are passed on as they come. */
  private static final int MOST = 100_000;

  private final Map<String, String> known = new ConcurrentHashMap<>();

  String one(String name) {
    String there = known.get(name);
    if (there != null) {
      return there;
    }
    if (known.size() < MOST) {
      known.put(name, name);
    }
    return name;
  }

  @Nullable String orNull(@Nullable String name) {
    return name == null ? null : one(name);
  }
}
