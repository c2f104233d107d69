package org.nightglass.prepare;

/**
 * Wavelengths in standard air (15 °C, 101,325 Pa, 0.045 % CO₂, dry) and in vacuum, after Ciddor
 * 1996, Applied Optics 35, 1566, equation 1:
 *
 * <pre>n − 1 = 1e-8 · (k1 / (k0 − σ²) + k3 / (k2 − σ²)),  σ = 1/λ_vac in µm⁻¹</pre>
 *
 * The formula is fitted from 2300 Å to 16900 Å; below 2000 Å wavelengths are given in vacuum by
 * convention and stay as they are (as in IDLASTRO's {@code airtovac}, whose limit this is).
 */
public final class AirToVacuum {
  private static final double VACUUM_BELOW = 2000;
  private static final double K0 = 238.0185;
  private static final double K1 = 5_792_105;
  private static final double K2 = 57.362;
  private static final double K3 = 167_917;

  private AirToVacuum() {}

  /**
   * Refractive index of standard air.
   *
   * @param vacuum wavelength in vacuum, Å, 2000 or more
   */
  public static double refractiveIndex(double vacuum) {
    double inverse = 1e4 / vacuum;
    double squared = inverse * inverse;
    return 1 + 1e-8 * (K1 / (K0 - squared) + K3 / (K2 - squared));
  }

  /**
   * @param air wavelength in standard air, Å
   * @return wavelength in vacuum, Å
   */
  public static double vacuum(double air) {
    if (air < VACUUM_BELOW) {
      return air;
    }
    // The index varies so little that taking it at the last estimate converges by 1e-6 a round.
    double vacuum = air * refractiveIndex(air);
    return air * refractiveIndex(vacuum);
  }
}
