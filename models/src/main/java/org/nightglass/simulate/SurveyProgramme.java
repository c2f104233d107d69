package org.nightglass.simulate;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a survey's programme points its fibres at: kinds, redshifts, magnitudes. Rounded from the
 * surveys' target selection papers; magnitudes are AB in the r band, of what enters the fibre.
 */
public enum SurveyProgramme {
  /** SDSS's main galaxy sample, its low-redshift quasars, its stars. */
  SDSS_LEGACY(
      Spectrograph.SDSS,
      2700,
      List.of(
          new Share(0.34, SourceKind.PASSIVE, Spread.around(0.11, 0.5), 17.2, 19.2),
          new Share(0.26, SourceKind.STARFORMING, Spread.around(0.08, 0.5), 17.2, 19.2),
          new Share(0.04, SourceKind.STARBURST, Spread.around(0.07, 0.6), 17.2, 19.5),
          new Share(0.08, SourceKind.AGN, Spread.around(0.10, 0.5), 17.0, 19.2),
          new Share(0.12, SourceKind.QUASAR, Spread.between(0.1, 4.5), 17.5, 20.2),
          new Share(0.16, SourceKind.STAR, Spread.STARS, 15.5, 19.5))),
  /** BOSS and eBOSS: luminous red galaxies, quasars. */
  BOSS(
      Spectrograph.BOSS,
      4500,
      List.of(
          new Share(0.5, SourceKind.PASSIVE, Spread.between(0.2, 0.85), 19.2, 21.4),
          new Share(0.08, SourceKind.STARFORMING, Spread.between(0.6, 1.1), 20.5, 22.2),
          new Share(0.32, SourceKind.QUASAR, Spread.between(0.8, 3.8), 19.0, 21.8),
          new Share(0.1, SourceKind.STAR, Spread.STARS, 16.5, 20.5))),
  /** DESI's dark time: luminous red galaxies, emission-line galaxies, quasars. */
  DESI_DARK(
      Spectrograph.DESI,
      1000,
      List.of(
          new Share(0.22, SourceKind.PASSIVE, Spread.between(0.4, 1.05), 20.0, 21.9),
          new Share(0.48, SourceKind.STARBURST, Spread.between(0.6, 1.6), 22.0, 23.6),
          new Share(0.22, SourceKind.QUASAR, Spread.between(0.8, 3.6), 20.0, 22.8),
          new Share(0.08, SourceKind.STAR, Spread.STARS, 16.5, 21.5))),
  /** DESI's bright time: bright galaxies, the Milky Way. */
  DESI_BRIGHT(
      Spectrograph.DESI,
      180,
      List.of(
          new Share(0.3, SourceKind.PASSIVE, Spread.around(0.2, 0.5), 18.5, 20.8),
          new Share(0.24, SourceKind.STARFORMING, Spread.around(0.18, 0.55), 18.5, 20.8),
          new Share(0.06, SourceKind.AGN, Spread.around(0.18, 0.5), 18.5, 20.5),
          new Share(0.4, SourceKind.STAR, Spread.STARS, 16.0, 19.2))),
  /** A mixture after 4MOST's extragalactic and Galactic surveys at low resolution. */
  FOURMOST(
      Spectrograph.FOURMOST_LRS,
      2400,
      List.of(
          new Share(0.22, SourceKind.PASSIVE, Spread.between(0.05, 0.9), 18.8, 21.2),
          new Share(0.2, SourceKind.STARFORMING, Spread.between(0.05, 1.1), 19.0, 22.0),
          new Share(0.08, SourceKind.AGN, Spread.between(0.05, 0.8), 18.8, 21.5),
          new Share(0.2, SourceKind.QUASAR, Spread.between(0.3, 3.8), 19.0, 22.0),
          new Share(0.3, SourceKind.STAR, Spread.STARS, 15.0, 19.5)));

  /**
   * A target.
   *
   * @param kind what it is
   * @param z redshift
   * @param magnitude of what enters the fibre, AB, r band
   */
  public record Target(SourceKind kind, double z, double magnitude) {}

  private record Share(
      double share, SourceKind kind, Spread redshifts, double brightest, double faintest) {}

  /**
   * Redshifts: log-normal about a median, or even between limits, or stars' velocities.
   *
   * @param low median, or least
   * @param high scatter of the logarithm, or greatest
   */
  private record Spread(Shape shape, double low, double high) {
    static final Spread STARS = new Spread(Shape.STARS, 0, 0);

    private enum Shape {
      AROUND,
      BETWEEN,
      STARS
    }

    static Spread around(double median, double scatter) {
      return new Spread(Shape.AROUND, median, scatter);
    }

    static Spread between(double least, double greatest) {
      return new Spread(Shape.BETWEEN, least, greatest);
    }

    double draw(RandomGenerator random) {
      return switch (shape) {
        case AROUND -> Math.min(0.9, 0.003 + Draw.logNormal(random, low, high));
        case BETWEEN -> Draw.uniform(random, low, high);
        case STARS -> Redshifts.draw(SourceClass.STAR, random);
      };
    }
  }

  private final Spectrograph spectrograph;
  private final double seconds;
  private final List<Share> shares;

  SurveyProgramme(Spectrograph spectrograph, double seconds, List<Share> shares) {
    this.spectrograph = spectrograph;
    this.seconds = seconds;
    this.shares = shares;
  }

  /** Who observes it. */
  public Spectrograph spectrograph() {
    return spectrograph;
  }

  /** Exposure time under a dark and clear sky, seconds. */
  public double nominalSeconds() {
    return seconds;
  }

  /** Draws a target; faint ones are more frequent, as on the sky. */
  public Target draw(RandomGenerator random) {
    double lot = random.nextDouble() * shares.stream().mapToDouble(Share::share).sum();
    Share drawn = shares.get(shares.size() - 1);
    for (Share share : shares) {
      lot -= share.share;
      if (lot < 0) {
        drawn = share;
        break;
      }
    }
    // Counts grow about as 10^(0.3·magnitude).
    double range = Math.pow(10, 0.3 * (drawn.faintest - drawn.brightest)) - 1;
    double magnitude = drawn.brightest + Math.log10(1 + range * random.nextDouble()) / 0.3;
    return new Target(drawn.kind, drawn.redshifts.draw(random), magnitude);
  }
}
