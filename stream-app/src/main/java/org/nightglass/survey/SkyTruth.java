package org.nightglass.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.survey.scheduler.CatalogueField;
import org.nightglass.survey.scheduler.Site;

/**
 * The fields of a survey, and what their targets really are. The same seed gives the same sky.
 * Immutable.
 */
final class SkyTruth {
  private static final double FIELD_RADIUS_DEG = 1.5;

  /** Photometry takes so many targets for what they are not. */
  private static final double MISTAKEN = 0.1;

  /** |dz|/(1+z) up to which a redshift is right: galaxies, and quasars. */
  private static final double GALAXY_LIMIT = 0.003;

  private static final double QUASAR_LIMIT = 0.01;

  private final List<CatalogueField> catalogue = new ArrayList<>();
  private final Map<String, Source> sources = new HashMap<>();

  /**
   * What a target is.
   *
   * @param index of its spectra in the simulation
   * @param place in its field, from 0
   */
  record Source(long index, int place, SurveyProgramme.Target target) {}

  /**
   * @param seed of all chance
   * @param programme that the targets are drawn from
   * @param site of the telescope
   * @param nights that the survey lasts: its fields lie where they can be seen
   * @param fields number of fields
   * @param fibres targets in each
   */
  SkyTruth(
      long seed,
      SurveyProgramme programme,
      Site site,
      List<ObservingNight> nights,
      int fields,
      int fibres) {
    SplittableRandom random = new SplittableRandom(seed);
    ObservingNight first = nights.get(0);
    double west = site.siderealDeg(first.begin()) - 20;
    double width = (first.end() - first.begin()) * 361 + 40;
    for (int i = 0; i < fields; i++) {
      double ra = (west + width * (i + random.nextDouble()) / fields + 720) % 360;
      double dec = site.latitudeDeg() + random.nextDouble(-25, 25);
      catalogue.add(field(i, ra, dec, programme, fibres, random.split()));
    }
  }

  private CatalogueField field(
      int number,
      double ra,
      double dec,
      SurveyProgramme programme,
      int fibres,
      SplittableRandom random) {
    String id = "F%04d".formatted(number + 1);
    List<CatalogueField.Target> targets = new ArrayList<>();
    for (int place = 0; place < fibres; place++) {
      SurveyProgramme.Target target = programme.draw(random);
      String name = "%s-T%04d".formatted(id, place + 1);
      double around = random.nextDouble(2 * Math.PI);
      double off = FIELD_RADIUS_DEG * Math.sqrt(random.nextDouble());
      double targetDec = dec + off * Math.sin(around);
      double targetRa = ra + off * Math.cos(around) / Math.cos(Math.toRadians(targetDec)) + 360;
      targets.add(
          new CatalogueField.Target(
              name, targetRa % 360, targetDec, selectedAs(target, random).name()));
      sources.put(name, new Source((long) number * fibres + place, place, target));
    }
    return new CatalogueField(id, ra, dec, targets);
  }

  private static SourceClass selectedAs(SurveyProgramme.Target target, SplittableRandom random) {
    SourceClass[] all = SourceClass.values();
    return random.nextDouble() < MISTAKEN
        ? all[random.nextInt(all.length)]
        : target.kind().sourceClass();
  }

  /** The fields as a scheduler may know them. */
  List<CatalogueField> catalogue() {
    return List.copyOf(catalogue);
  }

  /** What a target really is. */
  Source source(String targetId) {
    return Objects.requireNonNull(sources.get(targetId), targetId);
  }

  /** Unique targets. */
  int targets() {
    return sources.size();
  }

  /**
   * Whether a result is right: its class (galaxy, quasar, star), and but for stars its redshift.
   *
   * @param label class found
   * @param z redshift found; null where there is none
   */
  boolean right(String targetId, String label, @Nullable Double z) {
    SurveyProgramme.Target truth = source(targetId).target();
    SourceClass really = truth.kind().sourceClass();
    if (!label.startsWith(really.name())) {
      return false;
    }
    if (really == SourceClass.STAR) {
      return true;
    }
    double limit = really == SourceClass.QSO ? QUASAR_LIMIT : GALAXY_LIMIT;
    return z != null && Math.abs(z - truth.z()) / (1 + truth.z()) <= limit;
  }
}
