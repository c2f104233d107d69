package org.nightglass.simulate;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * What reaches a network and is no source it should name: two sources in one fibre, spectra with
 * lines where no redshift puts them, cameras that do not fit together, light without features,
 * galaxies and quasars at redshifts that no network has a bin for.
 */
final class Negatives {
  /** The families, by which a bundle's card counts what it tells apart. */
  enum Family {
    SKY,
    BLEND,
    MIRRORED,
    BROKEN,
    FEATURELESS,
    BEYOND
  }

  /** One quasar among so many sources beyond the range: few of them are that far. */
  private static final int GALAXIES_A_QUASAR = 4;

  private static final List<SourceKind> GALAXIES =
      List.of(SourceKind.PASSIVE, SourceKind.STARFORMING, SourceKind.STARBURST);

  private final SourceLibrary sources;

  Negatives(SourceLibrary sources) {
    this.sources = sources;
  }

  /** Mostly empty sky, as among a survey's fibres; then what is hardest to tell. */
  static Family draw(RandomGenerator random) {
    double lot = random.nextDouble();
    if (lot < 0.40) {
      return Family.SKY;
    } else if (lot < 0.62) {
      return Family.BLEND;
    } else if (lot < 0.77) {
      return Family.BEYOND;
    } else if (lot < 0.87) {
      return Family.MIRRORED;
    }
    return lot < 0.95 ? Family.BROKEN : Family.FEATURELESS;
  }

  /**
   * Writes what is no source; see {@link SourceLibrary#write}.
   *
   * @param family any but SKY, which has no flux
   */
  void write(Family family, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    switch (family) {
      case SKY -> throw new IllegalArgumentException("empty sky has no flux to write");
      case BLEND -> blend(random, grid, flux);
      case MIRRORED -> mirror(random, grid, flux);
      case BROKEN -> breakUp(random, grid, flux);
      case FEATURELESS -> featureless(random, grid, flux);
      case BEYOND -> beyond(random, grid, flux);
    }
  }

  private void draw(SourceClass own, RandomGenerator random, WavelengthGrid.Log grid, double[] to) {
    sources.write(own, Redshifts.draw(own, random), random, grid, to);
    double mean = 0;
    for (double value : to) {
      mean += Math.abs(value) / to.length;
    }
    for (int i = 0; i < to.length; i++) {
      to[i] /= Math.max(mean, 1e-30);
    }
  }

  private static SourceClass any(RandomGenerator random) {
    SourceClass[] classes = SourceClass.values();
    return classes[random.nextInt(classes.length)];
  }

  private void blend(RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double[] other = new double[flux.length];
    draw(any(random), random, grid, flux);
    draw(any(random), random, grid, other);
    double share = Draw.uniform(random, 0.4, 0.6);
    for (int i = 0; i < flux.length; i++) {
      flux[i] = (1 - share) * flux[i] + share * other[i];
    }
  }

  /** Real lines and breaks, but in the wrong order: what only a network that looks closely sees. */
  private void mirror(RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    draw(any(random), random, grid, flux);
    for (int i = 0; i < flux.length / 2; i++) {
      double left = flux[i];
      flux[i] = flux[flux.length - 1 - i];
      flux[flux.length - 1 - i] = left;
    }
  }

  private void breakUp(RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    draw(any(random), random, grid, flux);
    int pieces = 1 + random.nextInt(3);
    for (int k = 0; k < pieces; k++) {
      int at = (int) (flux.length * Draw.uniform(random, 0.15, 0.85));
      double factor = Draw.uniform(random, -0.5, 0.4);
      for (int i = at; i < flux.length; i++) {
        flux[i] *= factor;
      }
    }
    double waves = Draw.uniform(random, 0, 0.5);
    double period = Draw.logUniform(random, 60, 900);
    for (int i = 0; i < flux.length; i++) {
      flux[i] += waves * Math.sin(2 * Math.PI * i / period);
    }
  }

  private void beyond(RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double reddest = grid.wavelength(grid.pixels() - 1);
    if (random.nextInt(1 + GALAXIES_A_QUASAR) == 0 && Redshifts.seesQuasarsBeyond(reddest)) {
      double z = Redshifts.quasarBeyond(reddest, random);
      sources.write(SourceKind.QUASAR, z, random, grid, flux);
    } else {
      SourceKind kind = GALAXIES.get(random.nextInt(GALAXIES.size()));
      double z = Redshifts.galaxyBeyond(grid.wavelength(0), random);
      sources.write(kind, z, random, grid, flux);
    }
  }

  private static void featureless(RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double slope = Draw.uniform(random, -2, 3);
    double curve = 2 * random.nextGaussian();
    Continuum.write(
        grid,
        0,
        wavelength -> {
          double x = Math.log10(wavelength / 5800);
          return Math.pow(10, slope * x + curve * x * x);
        },
        flux);
  }
}
