package org.nightglass.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.simulate.SourceClass;

/**
 * Finds the limits from which a redshift is accepted, each family's own: those that accept most
 * while {@link #PURITY} of all that they accept together is right, and {@link #LEAST_PURITY} of
 * what they accept as any one family.
 *
 * <p>Limits in common would turn away stars for what galaxies get wrong. Where each family gives up
 * as many right ones for the last wrong one as any other, no other choice of the same purity
 * accepts more (a Lagrangian): so for a price of a wrong one each family takes the limits with the
 * most right ones left after it has paid, and the price rises until the whole is pure enough.
 */
final class AcceptanceFit {
  /** Share of right ones that acceptance aims at, among accepted redshifts. */
  static final double PURITY = 0.995;

  /** The same among those of one family; where no limits reach it, the purest are taken. */
  static final double LEAST_PURITY = 0.99;

  /** Half of the grid; training takes away no more. */
  private static final double LEAST_COVERAGE = 0.5;

  private static final double[] CLASS_LIMITS = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97};
  private static final double[] PEAK_LIMITS = {
    0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95
  };
  private static final double[] SPREAD_LIMITS = {0.001, 0.002, 0.003, 0.005, 0.01};
  private static final double HIGHEST_PRICE = 1e5;
  private static final int HALVINGS = 50;

  private final double doubt;
  private final double leastSnr;

  /**
   * @param doubt probability of a family below which a second opinion is asked; 1 where none is
   * @param leastSnr redshifts from spectra of less S/N are never accepted: a sky fibre has 0
   */
  AcceptanceFit(double doubt, double leastSnr) {
    this.doubt = doubt;
    this.leastSnr = leastSnr;
  }

  /** What limits would accept of what is taken for one family. */
  private record Choice(Acceptance limits, long right, long wrong) {
    double purity() {
      return right + wrong == 0 ? 0 : right / (double) (right + wrong);
    }

    double worth(double price) {
      return right - price * wrong;
    }
  }

  /**
   * The limits of each family that anything is taken for.
   *
   * <p>A family that is sure enough for no second opinion to be asked is sure enough to be
   * accepted: a limit above the doubt would turn away what lies between, which a second opinion
   * would have decided. In a survey that is one good galaxy in twenty, where it is fewer among
   * spectra to calibrate on, which are spread evenly over S/N.
   *
   * @param verdicts on galaxies, quasars, stars and what is no source, outliers left out
   */
  Map<SourceClass, Acceptance> limits(List<Verdict> verdicts) {
    Map<SourceClass, List<Choice>> choices = new EnumMap<>(SourceClass.class);
    for (SourceClass family : SourceClass.values()) {
      List<Verdict> own =
          verdicts.stream().filter(v -> v.family() == family && v.estimate() != null).toList();
      if (!own.isEmpty()) {
        choices.put(family, choices(own));
      }
    }
    double cheap = 0;
    double dear = HIGHEST_PRICE;
    for (int k = 0; k < HALVINGS; k++) {
      double price = 0.5 * (cheap + dear);
      if (purity(best(choices, price).values()) >= PURITY) {
        dear = price;
      } else {
        cheap = price;
      }
    }
    Map<SourceClass, Acceptance> limits = new EnumMap<>(SourceClass.class);
    best(choices, dear).forEach((family, choice) -> limits.put(family, choice.limits));
    return limits;
  }

  /** Every combination that is pure enough for a family; the purest where none is. */
  private List<Choice> choices(List<Verdict> own) {
    List<Choice> all = new ArrayList<>();
    for (double probability : CLASS_LIMITS) {
      if (probability <= doubt) {
        for (double peak : PEAK_LIMITS) {
          for (double spread : SPREAD_LIMITS) {
            all.add(choice(own, limits(probability, peak, spread)));
          }
        }
      }
    }
    List<Choice> pure = all.stream().filter(c -> c.purity() >= LEAST_PURITY).toList();
    return pure.isEmpty()
        ? List.of(all.stream().max(Comparator.comparingDouble(Choice::purity)).orElseThrow())
        : pure;
  }

  private static Choice choice(List<Verdict> own, Acceptance limits) {
    long right = 0;
    long wrong = 0;
    for (Verdict verdict : own) {
      if (accepts(limits, verdict)) {
        if (verdict.right()) {
          right++;
        } else {
          wrong++;
        }
      }
    }
    return new Choice(limits, right, wrong);
  }

  private static Map<SourceClass, Choice> best(
      Map<SourceClass, List<Choice>> choices, double price) {
    Map<SourceClass, Choice> best = new EnumMap<>(SourceClass.class);
    choices.forEach(
        (family, own) ->
            best.put(
                family,
                own.stream().max(Comparator.comparingDouble(c -> c.worth(price))).orElseThrow()));
    return best;
  }

  private static double purity(Collection<Choice> choices) {
    long right = choices.stream().mapToLong(Choice::right).sum();
    long wrong = choices.stream().mapToLong(Choice::wrong).sum();
    return right + wrong == 0 ? 0 : right / (double) (right + wrong);
  }

  private Acceptance limits(double probability, double peak, double spread) {
    return new Acceptance(probability, peak, spread, leastSnr, LEAST_COVERAGE);
  }

  /** The strictest of all, for classes whose ensembles state none. */
  Acceptance strictest(Collection<Acceptance> limits) {
    return limits(
        limits.stream().mapToDouble(Acceptance::minClassProbability).max().orElse(1),
        limits.stream().mapToDouble(Acceptance::minPeakProbability).max().orElse(1),
        limits.stream().mapToDouble(Acceptance::maxMemberSpread).min().orElse(0));
  }

  /**
   * Whether a redshift passes; coverage is left to whoever knows it.
   *
   * @param limits null = nothing does
   */
  static boolean accepts(@Nullable Acceptance limits, Verdict verdict) {
    return limits != null
        && verdict.estimate() != null
        && verdict.probability() >= limits.minClassProbability()
        && verdict.peak() >= limits.minPeakProbability()
        && verdict.spread() <= limits.maxMemberSpread()
        && verdict.snr() >= limits.minSnr();
  }
}
