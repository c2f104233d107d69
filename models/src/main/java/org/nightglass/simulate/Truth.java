package org.nightglass.simulate;

/**
 * What a simulated spectrum really is.
 *
 * @param label the class as spelled in every output, or {@code SKY} for a fibre on empty sky
 * @param z redshift; of stars the radial velocity over the speed of light; 0 for sky
 * @param snr median of flux·√ivar that the noise-free spectrum was given; 0 for sky
 */
public record Truth(String label, double z, double snr) {
  /** The label of a fibre on empty sky. */
  public static final String SKY = "SKY";
}
