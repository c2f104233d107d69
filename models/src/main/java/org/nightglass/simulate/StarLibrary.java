package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Stars from template files, each with its type.
 *
 * <p>SDSS's {@code spEigenStar-*} name the type of each of their vectors. Redrock's archetypes have
 * only a letter in the file's name; what SDSS would call each of them is measured ({@link
 * StarTypes}) where the files of both are there.
 */
final class StarLibrary {
  /** More objects of a file would only repeat the others' types. */
  private static final int MOST_OF_A_FILE = 600;

  private static final long SEED = 20_260;

  private final List<Archetypes> files = new ArrayList<>();
  private final List<String> fileTypes = new ArrayList<>();
  private final List<Single> singles = new ArrayList<>();
  private final Map<String, List<Star>> byType = new TreeMap<>();

  private record Single(String type, boolean names, RestBasis basis, int vector) {}

  /** One star: writes itself on a grid. */
  private interface Star {
    void write(double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux);
  }

  /** Adds redrock's archetypes of one letter. */
  void addArchetypes(Path path, String letter) {
    files.add(Archetypes.read(path, 0));
    fileTypes.add(letter);
  }

  /**
   * Adds a file whose every vector is a star.
   *
   * @param type of all of them; empty = the header names each
   * @param defines whether the vectors are those that SDSS's types are measured with
   */
  void addSingles(Path path, String extension, String type, boolean defines) {
    TemplateFile file = TemplateFile.read(path);
    double[][] vectors = file.image(extension);
    RestBasis basis = RestBasis.of(file.scale(extension, true), vectors);
    for (int k = 0; k < vectors.length; k++) {
      String name = type.isEmpty() ? file.text(extension, "NAME" + k) : type;
      singles.add(new Single(shortType(name), defines, basis, k));
    }
  }

  /** {@code F6V (16673)} stays F6V: the star's number says nothing of its type. */
  private static String shortType(String name) {
    int end = name.indexOf('(');
    return (end < 0 ? name : name.substring(0, end)).strip();
  }

  boolean isEmpty() {
    return files.isEmpty() && singles.isEmpty();
  }

  /** Measures the types, once every file is there. */
  void index() {
    StarTypes types = new StarTypes();
    for (Single single : singles) {
      if (single.names()) {
        types.add(single.type(), rest(star(single)));
      }
    }
    for (Single single : singles) {
      Star star = star(single);
      boolean measured = !single.names() && !types.isEmpty() && !special(single.type());
      put(measured ? types.of(rest(star)) : single.type(), star);
    }
    for (int f = 0; f < files.size(); f++) {
      Archetypes file = files.get(f);
      String letter = fileTypes.get(f);
      boolean measured = !types.isEmpty() && !special(letter);
      SplittableRandom random = Seeds.generator(SEED, f);
      int[] chosen = random.ints(MOST_OF_A_FILE, 0, file.size()).distinct().sorted().toArray();
      List<Star> stars = new ArrayList<>();
      for (int object : chosen) {
        stars.add(
            (z, r, grid, flux) -> {
              file.write(object, object, z, r, grid, flux);
              Smoothing.gaussian(flux, Draw.uniform(r, 0.45, 0.9));
            });
      }
      List<String> found =
          stars.parallelStream().map(star -> measured ? types.of(rest(star)) : letter).toList();
      for (int i = 0; i < stars.size(); i++) {
        put(found.get(i), stars.get(i));
      }
    }
  }

  private void put(String type, Star star) {
    byType.computeIfAbsent(type, t -> new ArrayList<>()).add(star);
  }

  /** Types that no fit to normal stars should rename. */
  private static boolean special(String type) {
    String upper = type.toUpperCase(Locale.ROOT);
    return upper.contains("WD") || upper.contains("CARBON") || upper.contains("DWARF");
  }

  private static Star star(Single single) {
    double[] unit = new double[single.basis().size()];
    unit[single.vector()] = 1;
    return (z, random, grid, flux) -> {
      Arrays.fill(flux, 0);
      single.basis().add(unit, z, grid, flux);
    };
  }

  private static double[] rest(Star star) {
    double[] flux = new double[StarTypes.GRID.pixels()];
    star.write(0, Seeds.generator(SEED, -1), StarTypes.GRID, flux);
    return flux;
  }

  /** The types there are, for instance {@code A0}, {@code K5}, {@code WD}. */
  List<String> types() {
    return List.copyOf(byType.keySet());
  }

  /** Whether there is a star of a type or of one that begins so. */
  boolean has(String type) {
    return byType.keySet().stream().anyMatch(known -> known.startsWith(type));
  }

  /**
   * Writes a star.
   *
   * @param type that {@link #has} knows; every type that begins so is as frequent as any other
   * @return its type
   */
  String write(
      String type, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    List<String> fitting =
        byType.containsKey(type)
            ? List.of(type)
            : byType.keySet().stream().filter(known -> known.startsWith(type)).toList();
    String drawn = fitting.get(random.nextInt(fitting.size()));
    List<Star> stars = byType.getOrDefault(drawn, List.of());
    stars.get(random.nextInt(stars.size())).write(z, random, grid, flux);
    return drawn;
  }
}
