package org.nightglass.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Sources from template files, found anywhere below a directory, plain or gzipped:
 *
 * <ul>
 *   <li>{@code rrtemplate-galaxy-*} and {@code rrtemplate-STAR-*}: redrock's archetypes. Files
 *       without coefficients (its quasars, CV) are no use here and are passed over.
 *   <li>{@code gasnet3-eigen-QSO*} and {@code gasnet3-eigen-GALAXY*}: lines of real objects, put on
 *       continua from formulas.
 *   <li>{@code spEigenStar-*}, {@code rrtemplate-star-Carbon*}: single stars.
 * </ul>
 *
 * At least one of galaxies must be there; classes without a file are drawn from formulas.
 */
public final class TemplateLibrary implements SourceLibrary {
  /**
   * Scatter of a survey's redshifts of quasars about the systemic ones, km/s, after Hewett and Wild
   * (2010) and Shen et al. (2016). Eigenspectra average it away, so it is put back: otherwise
   * errors of redshifts come out too small.
   */
  private static final double PIPELINE_KMS = 250;

  private final SourceLibrary formulas = new ParametricLibrary();
  private final List<GalaxyArchetypes> galaxies = new ArrayList<>();
  private final StarLibrary stars = new StarLibrary();
  private final List<ObservedEigenspectra> galaxyLines = new ArrayList<>();
  private final List<ObservedEigenspectra> quasarLines = new ArrayList<>();

  private TemplateLibrary() {}

  /**
   * Reads every template file below a directory.
   *
   * @throws TemplateException if there is none, or a file has another layout than its name says
   */
  public static TemplateLibrary read(Path directory) {
    TemplateLibrary library = new TemplateLibrary();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.filter(Files::isRegularFile).sorted().forEach(library::add);
    } catch (IOException e) {
      throw new TemplateException(directory + ": cannot be listed: " + e.getMessage(), e);
    }
    if (library.galaxies.isEmpty()) {
      throw new TemplateException(directory + ": no file rrtemplate-galaxy-*.fits[.gz] below it");
    }
    library.stars.index();
    return library;
  }

  /** The types of stars that can be drawn, as SDSS spells them. */
  public List<String> starTypes() {
    return stars.types();
  }

  private void add(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".fits") && !name.endsWith(".fits.gz")) {
      return;
    }
    if (name.startsWith("rrtemplate-galaxy-")) {
      galaxies.add(GalaxyArchetypes.read(path));
    } else if (name.startsWith("rrtemplate-star-carbon")) {
      stars.addSingles(path, "BASIS_VECTORS", "Carbon", false);
    } else if (name.startsWith("rrtemplate-star-") && !name.startsWith("rrtemplate-star-cv")) {
      String letter = name.substring("rrtemplate-star-".length());
      stars.addArchetypes(path, letter.replaceAll("-.*", "").toUpperCase(Locale.ROOT));
    } else if (name.startsWith("speigenstar-")) {
      stars.addSingles(path, "PRIMARY", "", name.startsWith("speigenstar-53724"));
    } else if (name.startsWith("gasnet3-eigen-galaxy")) {
      galaxyLines.add(ObservedEigenspectra.read(path));
    } else if (name.startsWith("gasnet3-eigen-qso")) {
      quasarLines.add(ObservedEigenspectra.read(path));
    }
  }

  @Override
  public String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    return switch (kind.sourceClass()) {
      case GALAXY -> {
        writeGalaxy(kind.type(), z, random, grid, flux);
        yield "";
      }
      case QSO -> {
        writeQuasar(z, random, grid, flux);
        yield "";
      }
      case STAR ->
          stars.has(kind.type())
              ? stars.write(kind.type(), z, random, grid, flux)
              : formulas.write(kind, z, random, grid, flux);
    };
  }

  /** Gas shines in half of the galaxies that are to have it as in the templates themselves. */
  private void writeGalaxy(
      String type, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    boolean own = !type.equals("AGN") && Draw.chance(random, 0.5);
    boolean real = type.isEmpty() || (own && type.equals("STARFORMING"));
    if (real && !galaxyLines.isEmpty() && Draw.chance(random, 0.35)) {
      ObservedEigenspectra lines = pick(galaxyLines, random);
      if (lines.reaches(z)) {
        writeGalaxyContinuum(z, random, grid, flux);
        lines.add(z, Draw.logNormal(random, 1.5, 0.5), random, grid, flux);
        return;
      }
    }
    boolean quiet = type.equals("PASSIVE") || type.isEmpty() || own;
    pick(galaxies, random).write(quiet ? type : "", z, random, grid, flux);
    Smoothing.gaussian(flux, Draw.uniform(random, 0.6, 3.2));
    if (!quiet) {
      NebularLines.emit(type, new Lines(grid, flux), z, random);
    }
  }

  /** A template galaxy's slow changes with wavelength, at a mean of 1. */
  private void writeGalaxyContinuum(
      double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    pick(galaxies, random).write("", z, random, grid, flux);
    Smoothing.running(flux, 150);
    double mean = Arrays.stream(flux).average().orElse(1);
    for (int i = 0; i < flux.length; i++) {
      flux[i] = mean > 0 ? flux[i] / mean : 1;
    }
  }

  private void writeQuasar(
      double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    ObservedEigenspectra lines = quasarLines.isEmpty() ? null : pick(quasarLines, random);
    if (lines == null || !lines.reaches(z)) {
      formulas.write(SourceKind.QUASAR, z, random, grid, flux);
      return;
    }
    double slope = Draw.truncatedNormal(random, -1.2, 0.8, -3.2, 1.5);
    double curve = 2 * random.nextGaussian();
    Continuum.write(
        grid,
        0,
        observed -> {
          double x = Math.log10(observed / 5800);
          return Math.pow(10, x * slope + curve * x * x);
        },
        flux);
    // Lines stand in units of the median continuum: on a steep one they follow it.
    double[] relative = new double[flux.length];
    double stray = PIPELINE_KMS / Lines.LIGHT_KMS * random.nextGaussian();
    double linesZ = (1 + z) * (1 + stray) - 1;
    lines.add(
        lines.reaches(linesZ) ? linesZ : z,
        Draw.logNormal(random, 1.2, 0.35),
        random,
        grid,
        relative);
    boolean follows = Draw.chance(random, 0.5);
    for (int i = 0; i < flux.length; i++) {
      flux[i] = Math.max(0, flux[i] + relative[i] * (follows ? flux[i] : 1));
    }
  }

  private static <T> T pick(List<T> items, RandomGenerator random) {
    return items.get(random.nextInt(items.size()));
  }
}
