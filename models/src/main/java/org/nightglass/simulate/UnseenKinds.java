package org.nightglass.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.simulate.UnseenKind.Group;

/**
 * What there is to try a model on that its training has not seen:
 *
 * <ul>
 *   <li>from formulas: supernovae of type Ia, Wolf–Rayet stars;
 *   <li>galaxies and quasars beyond the model's redshifts;
 *   <li>from template files that {@link TemplateLibrary} does not draw from, found anywhere below a
 *       directory, plain or gzipped: {@code spEigenCVstar-*} (cataclysmic variables), {@code
 *       spEigenGal-*} (SDSS's eigenspectra of galaxies), {@code *-qmost-template} (stacked spectra
 *       of galaxies and active nuclei).
 * </ul>
 */
public final class UnseenKinds {
  private static final String GALAXY = SourceClass.GALAXY.name();
  private static final String QSO = SourceClass.QSO.name();
  private static final String STAR = SourceClass.STAR.name();

  /** Further from the last bin than its neighbours: a redshift right at the end may be rounded. */
  private static final double CLEAR = 1.02;

  private static final double GREATEST_Z = 0.9;
  private static final double GREATEST_QUASAR_Z = 3;
  private static final double LEAST_Z = 0.02;

  private UnseenKinds() {}

  /**
   * The redshifts that a model's networks have bins for.
   *
   * @param galaxies greatest of galaxies; null where it has no such network
   * @param quasars greatest of quasars; null where it has no such network
   */
  public record Limits(@Nullable Double galaxies, @Nullable Double quasars) {}

  /**
   * Every kind that a spectrograph can see.
   *
   * @param templates directory of template files; null = formulas alone
   * @param limits the model's
   * @param spectrograph that observes
   * @param reddest last wavelength that the model's grid covers, Å
   * @throws TemplateException if a file has another layout than its name says
   */
  public static List<UnseenKind> of(
      @Nullable Path templates, Limits limits, Spectrograph spectrograph, double reddest) {
    List<UnseenKind> kinds = new ArrayList<>();
    kinds.add(
        new UnseenKind(
            "SUPERNOVA_IA",
            Group.OTHER_KIND,
            "SUPERNOVA",
            SourceKind.star("Ia"),
            OddSources::supernova,
            0.01,
            0.3,
            0));
    kinds.add(star("WOLF_RAYET", "WR", OddSources::wolfRayet));
    SourceLibrary known = TrainingSimulator.sources(templates);
    addGalaxiesBeyond(limits, spectrograph, known, kinds);
    addQuasarsBeyond(limits, Math.min(reddest, spectrograph.reddest()), known, kinds);
    if (templates != null) {
      for (Path path : files(templates)) {
        addFile(path, spectrograph, kinds);
      }
    }
    return List.copyOf(kinds);
  }

  private static UnseenKind star(String name, String type, SourceLibrary sources) {
    return new UnseenKind(
        name, Group.OTHER_KIND, STAR, SourceKind.star(type), sources, -0.01, 0.01, 0);
  }

  private static void addGalaxiesBeyond(
      Limits limits, Spectrograph spectrograph, SourceLibrary known, List<UnseenKind> to) {
    if (limits.galaxies == null) {
      return;
    }
    double least = CLEAR * (1 + limits.galaxies) - 1;
    double greatest = spectrograph.bluest() / Redshifts.GALAXY_TEMPLATES_FROM - 1;
    if (least < greatest) {
      for (SourceKind kind :
          List.of(SourceKind.PASSIVE, SourceKind.STARFORMING, SourceKind.STARBURST)) {
        to.add(
            new UnseenKind(
                kind.type() + "_BEYOND",
                Group.BEYOND_RANGE,
                GALAXY,
                kind,
                known,
                least,
                greatest,
                0));
      }
    }
  }

  /** Up to where Lyman α and something redward of it are still observed. */
  private static void addQuasarsBeyond(
      Limits limits, double reddest, SourceLibrary known, List<UnseenKind> to) {
    if (limits.quasars == null) {
      return;
    }
    double least = CLEAR * (1 + limits.quasars) - 1;
    double greatest = Redshifts.greatestQuasar(reddest);
    if (least < greatest) {
      to.add(
          new UnseenKind(
              "QUASAR_BEYOND",
              Group.BEYOND_RANGE,
              QSO,
              SourceKind.QUASAR,
              known,
              least,
              greatest,
              ParametricQuasars.LYMAN_ALPHA * (1 + least)));
    }
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new TemplateException(directory + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void addFile(Path path, Spectrograph spectrograph, List<UnseenKind> to) {
    String file = path.getFileName().toString();
    String name = file.replaceAll("\\.fits(\\.gz)?$", "");
    if (name.equals(file)) {
      return;
    }
    if (name.startsWith("spEigenCVstar-")) {
      to.add(star("CATACLYSMIC", "CV", Eigenspectra.read(path, "CV")));
    } else if (name.startsWith("spEigenGal-")) {
      Eigenspectra sources = Eigenspectra.read(path, "");
      // Their sums have what gas they have: any galaxy.
      addKnown(
          "EIGEN_GALAXY",
          SourceKind.any(SourceClass.GALAXY),
          sources,
          sources.first(),
          sources.last(),
          GREATEST_Z,
          spectrograph,
          to);
    } else if (name.endsWith("-qmost-template")) {
      addStack(path, name.toUpperCase(Locale.ROOT), spectrograph, to);
    }
  }

  private static void addStack(
      Path path, String name, Spectrograph spectrograph, List<UnseenKind> to) {
    SourceKind kind;
    if (name.contains("LRG")) {
      kind = SourceKind.PASSIVE;
    } else if (name.contains("ELG")) {
      kind = SourceKind.STARBURST;
    } else if (name.contains("AGNT1")) {
      kind = SourceKind.QUASAR;
    } else if (name.contains("AGNT2") && !name.contains("HIGHZ")) {
      kind = SourceKind.AGN;
    } else {
      // Obscured nuclei at high redshift are galaxies to some and quasars to others.
      return;
    }
    StackedSpectra sources = StackedSpectra.read(path);
    addKnown(
        "STACK_" + name.replaceAll("-STITCHED-STACK-QMOST-TEMPLATE$", ""),
        kind,
        sources,
        sources.first(),
        sources.last(),
        kind.sourceClass() == SourceClass.QSO ? GREATEST_QUASAR_Z : GREATEST_Z,
        spectrograph,
        to);
  }

  /** At redshifts where the template covers all that is observed. */
  private static void addKnown(
      String name,
      SourceKind kind,
      SourceLibrary sources,
      double first,
      double last,
      double most,
      Spectrograph spectrograph,
      List<UnseenKind> to) {
    double least = Math.max(LEAST_Z, spectrograph.reddest() / last - 1);
    double greatest = Math.min(most, spectrograph.bluest() / first - 1);
    if (least < greatest) {
      to.add(
          new UnseenKind(
              name,
              Group.OTHER_TEMPLATES,
              kind.sourceClass().name(),
              kind,
              sources,
              least,
              greatest,
              0));
    }
  }
}
