package org.nightglass.bench;

/**
 * What a workload would take, from what a spectrum was measured to cost.
 *
 * <p>Everything grows in proportion to the rate: cost per spectrum is flat ({@code bench scale}),
 * partitions are independent of each other, and sessions share nothing but the processor. What is
 * left out: stragglers, rebalances, the registry, and whatever else a real cluster does.
 *
 * @param rate spectra a second
 * @param applicationCores processor cores for instances without a GPU
 * @param brokerCores processor cores for all brokers, copies included
 * @param gpus graphics processors instead of the model's share of the cores; an assumption, not a
 *     measurement
 * @param hostCores processor cores of the instances that feed those GPUs
 * @param partitions of the spectra topic, at least: one for each core that works on spectra
 * @param networkBytes a second, between all brokers and everybody: in, copies, and out once
 * @param diskBytes of the whole workload on all brokers, copies included
 * @param brokers at least, by their disks' and network's rate and by the number of copies
 */
record Projection(
    double rate,
    double applicationCores,
    double brokerCores,
    double gpus,
    double hostCores,
    int partitions,
    double networkBytes,
    double diskBytes,
    int brokers) {

  /**
   * What is to be done.
   *
   * @param spectra how many
   * @param seconds in which
   */
  record Workload(String name, double spectra, double seconds) {}

  /**
   * What one spectrum costs, as measured with application and broker on the same cores.
   *
   * @param cpu CPU seconds of the application
   * @param hostCpu the part of them that is not TensorFlow's
   * @param brokerCpu CPU seconds of broker and registry, for one copy
   * @param busy share of all cores that was at work, 0 to 1; the rest is waiting
   * @param inputBytes on the broker's disk, one copy
   * @param outputBytes results, account and internal topics, on the broker's disk, one copy
   * @param flop floating-point operations of the model
   */
  record Costs(
      double cpu,
      double hostCpu,
      double brokerCpu,
      double busy,
      double inputBytes,
      double outputBytes,
      double flop) {}

  /**
   * What a site has.
   *
   * @param copies of every partition
   * @param brokerBytes a second that one broker can take in and write
   * @param gpuFlops floating-point operations a second of a GPU, at its best
   * @param gpuShare share of them that is reached, 0 to 1
   * @param spare share of the cores that is kept free, 0 to 1, for bursts and failures
   */
  record Site(int copies, double brokerBytes, double gpuFlops, double gpuShare, double spare) {}

  /**
   * With rate R = spectra / seconds, copies r, u = busy · (1 − spare):
   *
   * <ul>
   *   <li>cores = R · cpu / u, likewise with hostCpu, and with r · brokerCpu;
   *   <li>GPUs = R · flop / (gpuFlops · gpuShare · (1 − spare));
   *   <li>what brokers take in = R · (inputBytes + outputBytes) · r; network = that, and once (r of
   *       1) out again; disk = that without out, times seconds;
   *   <li>brokers = what they take in / brokerBytes, at least r.
   * </ul>
   */
  static Projection of(Workload work, Costs costs, Site site) {
    double rate = work.spectra() / work.seconds();
    double used = costs.busy() * (1 - site.spare());
    double cores = rate * costs.cpu() / used;
    double bytes = rate * (costs.inputBytes() + costs.outputBytes());
    double taken = bytes * site.copies();
    return new Projection(
        rate,
        cores,
        rate * costs.brokerCpu() * site.copies() / used,
        rate * costs.flop() / (site.gpuFlops() * site.gpuShare() * (1 - site.spare())),
        rate * costs.hostCpu() / used,
        (int) Math.ceil(cores),
        taken + bytes,
        taken * work.seconds(),
        Math.max(site.copies(), (int) Math.ceil(taken / site.brokerBytes())));
  }

  /**
   * The rate that some cores reach, application and one copy's broker on all of them together,
   * spectra a second: cores · busy / (cpu + brokerCpu).
   */
  static double rate(double cores, Costs costs) {
    return cores * costs.busy() / (costs.cpu() + costs.brokerCpu());
  }
}
