package org.nightglass.simulate;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * What a survey meets: sources of several libraries, each as often as any other, and what no
 * library holds. Active nuclei shine in host galaxies, what lies on the way to quasars absorbs, gas
 * emits on top of templates, dust reddens.
 *
 * <p>A blend counts as QSO where the nucleus gives at least 30 % of the light on the grid, and as
 * GALAXY where it gives at most 12 %; between the two nothing is drawn, since observers themselves
 * disagree there.
 */
public final class SurveyLibrary implements SourceLibrary {
  private static final double HOST_LIMIT_Z = 0.9;

  private final List<SourceLibrary> libraries;

  /**
   * @param libraries at least one; each draws an equal share
   */
  public SurveyLibrary(List<SourceLibrary> libraries) {
    if (libraries.isEmpty()) {
      throw new IllegalArgumentException(
          "a survey needs at least one library of sources; got none");
    }
    this.libraries = List.copyOf(libraries);
  }

  @Override
  public String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    String starType = pick(random).write(kind, z, random, grid, flux);
    switch (kind.sourceClass()) {
      case GALAXY -> {
        if (kind.type().isEmpty() && Draw.chance(random, 0.3)) {
          boolean active = Draw.chance(random, 0.3);
          double width = Draw.logUniform(random, 1, active ? 60 : 150);
          NebularLines.emit(new Lines(grid, flux), z, width, active, random);
        }
        if (z < HOST_LIMIT_Z && Draw.chance(random, 0.08)) {
          blend(SourceKind.QUASAR, Draw.uniform(random, 0.02, 0.12), z, random, grid, flux);
        }
        redden(0.5, 0.3, z, random, grid, flux);
      }
      case QSO -> {
        QuasarAbsorption.write(z, random, grid, flux);
        if (z < HOST_LIMIT_Z && Draw.chance(random, 0.6)) {
          SourceKind host = SourceKind.any(SourceClass.GALAXY);
          blend(host, Draw.uniform(random, 0.1, 0.7), z, random, grid, flux);
        }
        redden(0.25, 0.15, z, random, grid, flux);
      }
      case STAR -> redden(0.4, 0.3, 0, random, grid, flux);
    }
    return starType;
  }

  private SourceLibrary pick(RandomGenerator random) {
    return libraries.get(random.nextInt(libraries.size()));
  }

  /** Replaces a share of the light by that of another class at the same redshift. */
  private void blend(
      SourceKind other,
      double share,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux) {
    double[] added = new double[flux.length];
    pick(random).write(other, z, random, grid, added);
    double ours = mean(flux);
    double theirs = mean(added);
    if (ours <= 0 || theirs <= 0) {
      return;
    }
    double scale = share / (1 - share) * ours / theirs;
    for (int i = 0; i < flux.length; i++) {
      flux[i] += scale * added[i];
    }
  }

  /**
   * Reddens with an exponential E(B−V) and the power law A ∝ λ^−1.3, which Charlot and Fall (2000)
   * find for the dust of galaxies' neutral medium.
   */
  private static void redden(
      double probability,
      double scale,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux) {
    if (!Draw.chance(random, probability)) {
      return;
    }
    double excess = -scale * Math.log(1 - 0.95 * random.nextDouble());
    Continuum.multiply(
        grid,
        observed -> {
          double visual = 3.1 * excess * Math.pow(observed / (1 + z) / 5500, -1.3);
          return Math.pow(10, -0.4 * Math.min(visual - 3.1 * excess, 5));
        },
        flux);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
