package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/** Redrock's galaxies, sorted by how strongly their gas shines. */
final class GalaxyArchetypes {
  private static final WavelengthGrid.Log REST = new WavelengthGrid.Log(3.8035, 1e-4, 280);

  /** Equivalent widths of Hα in Å: below is passive, above is a starburst. */
  private static final double PASSIVE_WIDTH = 4;

  private static final double STARBURST_WIDTH = 50;

  private final Archetypes objects;
  private final Map<String, List<Integer>> byType = new TreeMap<>();

  private GalaxyArchetypes(Archetypes objects) {
    this.objects = objects;
    double[] flux = new double[REST.pixels()];
    double[] sigma = new double[REST.pixels()];
    Arrays.fill(sigma, 1);
    for (int object = 0; object < objects.size(); object++) {
      objects.write(object, object, 0, Seeds.generator(0, object), REST, flux);
      put("", object);
      put(type(new LineFit(REST, flux, sigma)), object);
    }
  }

  /**
   * @throws TemplateException if the file has another layout
   */
  static GalaxyArchetypes read(Path path) {
    return new GalaxyArchetypes(Archetypes.read(path, 0.5));
  }

  private static String type(LineFit fit) {
    LineFit.Line[] lines = fit.hAlphaAndNitrogen(0);
    double pixel = NebularLines.H_ALPHA * Math.log(10) * REST.log10Step();
    double width =
        lines.length == 0 ? 0 : lines[0].flux() * pixel / Math.max(lines[0].continuum(), 1e-30);
    return width < PASSIVE_WIDTH
        ? "PASSIVE"
        : width < STARBURST_WIDTH ? "STARFORMING" : "STARBURST";
  }

  private void put(String type, int object) {
    byType.computeIfAbsent(type, t -> new ArrayList<>()).add(object);
  }

  /**
   * Writes a galaxy, or a mixture of two of the same type.
   *
   * @param type {@code PASSIVE}, {@code STARFORMING}, {@code STARBURST}; empty = any, as for types
   *     that there are none of
   */
  void write(
      String type, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    List<Integer> fitting = byType.getOrDefault(type, byType.getOrDefault("", List.of()));
    int object = fitting.get(random.nextInt(fitting.size()));
    int other = fitting.get(random.nextInt(fitting.size()));
    objects.write(object, other, z, random, grid, flux);
  }
}
