package org.nightglass.bench;

/**
 * One timed stretch of work.
 *
 * @param spectra done in it
 * @param seconds by the clock on the wall
 * @param cpuSeconds of those whose work it is (this process, or the processes that were started for
 *     it), all their threads, compiler and collector included
 * @param servicesCpuSeconds of the broker's and the registry's processes
 * @param foreignCores cores that were taken by processes that are none of ours, on average; NaN
 *     where the system does not say
 */
record Measurement(
    long spectra,
    double seconds,
    double cpuSeconds,
    double servicesCpuSeconds,
    double foreignCores) {

  /** This stretch and another, as one. */
  Measurement and(Measurement other) {
    double both = seconds + other.seconds;
    return new Measurement(
        spectra + other.spectra,
        both,
        cpuSeconds + other.cpuSeconds,
        servicesCpuSeconds + other.servicesCpuSeconds,
        (foreignCores * seconds + other.foreignCores * other.seconds) / both);
  }

  double rate() {
    return spectra / seconds;
  }

  double cpuPerThousand() {
    return cpuSeconds / spectra * 1000;
  }

  double servicesCpuPerThousand() {
    return servicesCpuSeconds / spectra * 1000;
  }
}
