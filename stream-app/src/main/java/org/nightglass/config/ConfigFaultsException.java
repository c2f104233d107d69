package org.nightglass.config;

import java.util.List;

/**
 * A configuration that cannot be run: every fault at once, each with its key and the accepted
 * values.
 */
public final class ConfigFaultsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  public ConfigFaultsException(String source, List<String> faults) {
    super(
        source
            + ": "
            + (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
            + "\n  - "
            + String.join("\n  - ", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
