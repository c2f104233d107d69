package org.nightglass.survey.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;

/**
 * Takes the field, and the exposure time, that promise most new redshifts per second of telescope
 * time, slew included.
 *
 * <p>A field's promise is the number of its targets that want an exposure, times the share of them
 * that the added effective time is expected to serve: {@link Goals#expectedYield} says so before
 * the survey, {@link FieldBelief} where the field stands. Without feedback it reckons with every
 * exposure as if it had been taken in a clear night; with feedback it knows which targets are done,
 * how deep a field really is, and how clear the sky was in the exposure just taken. So one
 * scheduler serves all ways of working: what differs is when {@link #learn} is called.
 *
 * <p>An example, to be replaced. It looks one exposure ahead: no slew distances, no moon, no
 * constraint on when a field can be seen again. Not thread-safe.
 */
public final class GreedyScheduler {
  private static final double MAX_AIRMASS = 2;

  /** Effective time falls so with airmass (DESI: Schlafly et al. 2023, AJ 166, 259). */
  private static final double AIRMASS_POWER = -1.75;

  /** How much of its belief in the sky's clarity each new exposure takes over. */
  private static final double CLARITY_WEIGHT = 0.7;

  private static final double LEAST_CLARITY = 0.05;

  /** Shortest exposure in units of the goal: with shorter ones a night goes by in slews. */
  private static final double SHORTEST = 1.0;

  private static final int LENGTHS = 6;

  private final Site site;
  private final Goals goals;
  private final Map<String, FieldBelief> beliefs = new LinkedHashMap<>();
  private double clarity = 1;
  private @Nullable Taken last;

  private record Taken(FieldBelief belief, double before, double clearGain) {}

  /**
   * @param site of the telescope
   * @param goals of the programme
   * @param catalogue every field of the survey
   */
  public GreedyScheduler(Site site, Goals goals, List<CatalogueField> catalogue) {
    this.site = site;
    this.goals = goals;
    catalogue.forEach(field -> beliefs.put(field.id(), new FieldBelief(field, goals)));
  }

  /**
   * What to observe next.
   *
   * @param mjd now: modified Julian date, UTC, days
   * @return null where nothing that wants observing can be seen
   */
  public @Nullable Visit next(double mjd) {
    Visit best = null;
    double most = 0;
    for (FieldBelief belief : beliefs.values()) {
      double speed = clearSpeed(belief.field(), mjd) * clarity;
      for (double seconds : lengths()) {
        double gain = belief.expectedGain(seconds * speed / goals.seconds());
        double rate = gain / (seconds + goals.overheadSeconds());
        if (rate > most) {
          most = rate;
          best = new Visit(belief.field(), seconds, belief.wanting());
        }
      }
    }
    return best;
  }

  /** Effective seconds per second in a clear night; 0 where the field cannot be seen. */
  private double clearSpeed(CatalogueField field, double mjd) {
    double airmass = site.airmass(field.raDeg(), field.decDeg(), mjd);
    return airmass <= MAX_AIRMASS ? Math.pow(airmass, AIRMASS_POWER) : 0;
  }

  /** Exposure times to choose from, seconds. */
  private double[] lengths() {
    double shortest = SHORTEST * goals.seconds();
    double step = (goals.maxExposureSeconds() - shortest) / (LENGTHS - 1);
    return IntStream.range(0, LENGTHS).mapToDouble(i -> Math.rint(shortest + i * step)).toArray();
  }

  /** Notes that a visit's exposure was taken, whatever came of it. */
  public void taken(Visit visit, double mjd) {
    FieldBelief belief = belief(visit.field().id());
    double clearGain = visit.seconds() * clearSpeed(visit.field(), mjd) / goals.seconds();
    last = new Taken(belief, belief.fraction(), clearGain);
    belief.reckon(clearGain);
  }

  /**
   * Learns what became of the exposures.
   *
   * @param progress by field, as far as there is any
   * @param states by target, as far as there are any
   * @param fresh whether the latest exposure is in it and the sky is still as it was: its clarity
   *     is then expected of the next one, else a clear sky is
   */
  public void learn(
      Map<String, FieldProgress> progress, Map<String, TargetState> states, boolean fresh) {
    beliefs.forEach((id, belief) -> belief.learn(progress.get(id), states));
    if (!fresh) {
      clarity = 1;
    } else if (last != null && last.clearGain > 0) {
      double measured = (last.belief.fraction() - last.before) / last.clearGain;
      double bounded = Math.max(LEAST_CLARITY, Math.min(1, measured));
      clarity += CLARITY_WEIGHT * (bounded - clarity);
    }
    last = null;
  }

  /** Effective-time fraction that every field is believed to have, by its name. */
  Map<String, Double> fractions() {
    Map<String, Double> fractions = new LinkedHashMap<>();
    beliefs.forEach((id, belief) -> fractions.put(id, belief.fraction()));
    return fractions;
  }

  /** Targets that are believed to want an exposure. */
  List<String> wanting(String fieldId) {
    return new ArrayList<>(
        belief(fieldId).wanting().stream().map(CatalogueField.Target::id).toList());
  }

  private FieldBelief belief(String fieldId) {
    return Objects.requireNonNull(
        beliefs.get(fieldId), () -> "field " + fieldId + " is not in the catalogue");
  }
}
