package org.nightglass.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies of a configuration.
 *
 * @param named by programme, the default one apart
 * @param fallback for programmes that are not named
 */
public record Policies(Map<String, ProgrammePolicy> named, ProgrammePolicy fallback) {
  public Policies {
    named = Map.copyOf(named);
  }

  /** The policy of a programme. */
  public ProgrammePolicy of(String programme) {
    return named.getOrDefault(programme, fallback);
  }

  /**
   * Whether a plan may name the programme: any, where the configuration names none; else those that
   * it names.
   */
  public boolean knows(String programme) {
    return named.isEmpty() || named.containsKey(programme);
  }

  /** Stands for all of them: where anything is decided otherwise, it is another one. */
  public String fingerprint() {
    TreeMap<String, String> all = new TreeMap<>();
    named.forEach((name, policy) -> all.put(name, policy.fingerprint()));
    return "%08x".formatted(31 * all.hashCode() + fallback.fingerprint().hashCode());
  }

  /** The programmes that the configuration names, in alphabetical order. */
  public Set<String> programmes() {
    return new TreeSet<>(named.keySet());
  }
}
