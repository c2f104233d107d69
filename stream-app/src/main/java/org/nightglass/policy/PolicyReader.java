package org.nightglass.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Warning;

/**
 * Reads the policies of a configuration. {@code programme.default.*} holds for programmes that are
 * not named and is what the named ones start from; {@code programme.NAME.class.CLASS.*} is what one
 * class, or a family such as {@code GALAXY}, has otherwise.
 */
public final class PolicyReader {
  /** Keys that begin so are a policy's. */
  public static final String PREFIX = "programme.";

  private static final String CLASS_PREFIX = "class.";

  private final Map<String, Map<String, String>> given = new TreeMap<>();
  private final List<String> faults;

  private PolicyReader(List<String> faults) {
    this.faults = faults;
  }

  /**
   * @param settings every key and value as written; those of other parts are passed over
   * @param faults takes every fault, with key and accepted values
   * @return the policies; of no use if there are faults
   */
  public static Policies read(Map<String, String> settings, List<String> faults) {
    PolicyReader reader = new PolicyReader(faults);
    settings.forEach(reader::sort);
    Map<String, String> defaults = reader.given.getOrDefault(ProgrammePolicy.DEFAULT, Map.of());
    ProgrammePolicy fallback = reader.policy(ProgrammePolicy.DEFAULT, defaults);
    Map<String, ProgrammePolicy> named = new HashMap<>();
    reader.given.forEach(
        (name, own) -> {
          if (!name.equals(ProgrammePolicy.DEFAULT)) {
            Map<String, String> all = new HashMap<>(defaults);
            all.putAll(own);
            named.put(name, reader.policy(name, all));
          }
        });
    return new Policies(named, fallback);
  }

  private void sort(String key, String value) {
    if (!key.startsWith(PREFIX)) {
      return;
    }
    String rest = key.substring(PREFIX.length());
    int end = rest.indexOf('.');
    if (end <= 0) {
      faults.add(key + " names no setting (accepted: programme.NAME.KEY)");
      return;
    }
    given
        .computeIfAbsent(rest.substring(0, end), name -> new TreeMap<>())
        .put(rest.substring(end + 1), value);
  }

  private ProgrammePolicy policy(String name, Map<String, String> all) {
    Map<String, String> general = new HashMap<>();
    Map<String, Map<String, String>> byClass = new TreeMap<>();
    all.forEach((key, value) -> part(name, key, value, general, byClass));
    Map<String, Object> values = validate(PREFIX + name + ".", general);
    Map<String, Acceptance> acceptance = new LinkedHashMap<>();
    Map<String, Integer> good = new HashMap<>();
    Map<String, Integer> failed = new HashMap<>();
    acceptance.put(ProgrammePolicy.ANY_CLASS, acceptance(values, false));
    acceptance.put("STAR", acceptance(values, true));
    good.put(ProgrammePolicy.ANY_CLASS, integer(values, PolicySettings.OBSERVATIONS_GOOD));
    failed.put(ProgrammePolicy.ANY_CLASS, integer(values, PolicySettings.OBSERVATIONS_FAILED));
    byClass.forEach(
        (label, own) -> {
          Map<String, String> merged = new HashMap<>(general);
          merged.putAll(own);
          Map<String, Object> of =
              validate(PREFIX + name + "." + CLASS_PREFIX + label + ".", merged);
          acceptance.put(label, acceptance(of, ProgrammePolicy.family(label).equals("STAR")));
          good.put(label, integer(of, PolicySettings.OBSERVATIONS_GOOD));
          failed.put(label, integer(of, PolicySettings.OBSERVATIONS_FAILED));
        });
    SnrRule rule = rule(name, text(values, PolicySettings.SUCCESS_RULES));
    ProgrammePolicy.DoneBy doneBy =
        ProgrammePolicy.DoneBy.valueOf(
            text(values, PolicySettings.DONE_BY).toUpperCase(Locale.ROOT));
    if (rule == null && doneBy != ProgrammePolicy.DoneBy.REDSHIFT) {
      faults.add(
          "%s%s.%s=%s needs %s"
              .formatted(
                  PREFIX,
                  name,
                  PolicySettings.DONE_BY,
                  text(values, PolicySettings.DONE_BY),
                  PolicySettings.SUCCESS_RULES));
    }
    return new ProgrammePolicy(
        name,
        acceptance,
        good,
        failed,
        doneBy,
        rule,
        ProgrammePolicy.Exposures.valueOf(
            text(values, PolicySettings.EXPOSURES).toUpperCase(Locale.ROOT)),
        number(values, PolicySettings.GOAL_SNR),
        number(values, PolicySettings.GOAL_SECONDS),
        real(values, PolicySettings.MIN_TIME_FRACTION),
        (Integer) values.get(PolicySettings.MIN_GOOD_FIBRES),
        number(values, PolicySettings.MAX_EXPOSURE),
        real(values, PolicySettings.CAP),
        "%08x".formatted(new TreeMap<>(all).toString().hashCode()));
  }

  private void part(
      String name,
      String key,
      String value,
      Map<String, String> general,
      Map<String, Map<String, String>> byClass) {
    if (!key.startsWith(CLASS_PREFIX)) {
      if (PolicySettings.DEFINITION.names().contains(key)) {
        general.put(key, value);
      } else {
        unknown(PREFIX + name + "." + key, PolicySettings.DEFINITION.names());
      }
      return;
    }
    String rest = key.substring(CLASS_PREFIX.length());
    int end = rest.indexOf('.');
    String own = end < 0 ? "" : rest.substring(end + 1);
    if (end > 0 && PolicySettings.BY_CLASS.contains(own)) {
      byClass.computeIfAbsent(rest.substring(0, end), label -> new HashMap<>()).put(own, value);
    } else {
      unknown(PREFIX + name + "." + key, Set.copyOf(PolicySettings.BY_CLASS));
    }
  }

  private void unknown(String key, Set<String> accepted) {
    String fault =
        key
            + " is not a setting (accepted at its end: "
            + String.join(", ", new TreeSet<>(accepted))
            + ")";
    if (!faults.contains(fault)) {
      faults.add(fault);
    }
  }

  private Map<String, Object> validate(String prefix, Map<String, String> own) {
    Map<String, Object> values = new HashMap<>();
    for (ConfigValue value : PolicySettings.DEFINITION.validate(own)) {
      ConfigDef.ConfigKey key = PolicySettings.DEFINITION.configKeys().get(value.name());
      value.errorMessages().stream()
          .limit(1)
          .map(message -> prefix + value.name() + ": " + message + accepted(key))
          .filter(fault -> !faults.contains(fault))
          .forEach(faults::add);
      boolean sound = value.errorMessages().isEmpty();
      Object read = sound || key == null ? value.value() : key.defaultValue;
      if (read != null) {
        values.put(value.name(), read);
      }
    }
    return values;
  }

  private static String accepted(ConfigDef.@Nullable ConfigKey key) {
    return key == null || key.validator == null ? "" : " (accepted: " + key.validator + ")";
  }

  private static Acceptance acceptance(Map<String, Object> values, boolean star) {
    String redshift = text(values, PolicySettings.REDSHIFT);
    boolean needed =
        redshift.equals(PolicySettings.REQUIRED)
            || (redshift.equals(PolicySettings.UNLESS_STAR) && !star);
    Set<Warning> forbidden =
        ((List<?>) value(values, PolicySettings.FORBIDDEN))
            .stream()
                .map(Object::toString)
                .filter(warning -> !warning.isEmpty())
                .map(Warning::valueOf)
                .collect(Collectors.toSet());
    return new Acceptance(
        real(values, PolicySettings.CLASS_PROBABILITY),
        real(values, PolicySettings.RELATIVE_ERROR),
        real(values, PolicySettings.SNR),
        needed,
        (Boolean) value(values, PolicySettings.MODEL),
        forbidden);
  }

  private @Nullable SnrRule rule(String name, String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return SnrRuleParser.parse(text);
    } catch (IllegalArgumentException e) {
      faults.add(
          "%s%s.%s=%s: %s"
              .formatted(PREFIX, name, PolicySettings.SUCCESS_RULES, text, e.getMessage()));
      return null;
    }
  }

  private static Object value(Map<String, Object> values, String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key + " has no value");
    }
    return value;
  }

  private static String text(Map<String, Object> values, String key) {
    return value(values, key).toString();
  }

  private static double real(Map<String, Object> values, String key) {
    return ((Number) value(values, key)).doubleValue();
  }

  private static int integer(Map<String, Object> values, String key) {
    return ((Number) value(values, key)).intValue();
  }

  private static @Nullable Double number(Map<String, Object> values, String key) {
    return values.get(key) instanceof Number number ? (Double) number.doubleValue() : null;
  }
}
