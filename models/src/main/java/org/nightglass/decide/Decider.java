package org.nightglass.decide;

import static org.nightglass.decide.Warning.CLASS_UNCERTAIN;
import static org.nightglass.decide.Warning.ENSEMBLE_SPREAD;
import static org.nightglass.decide.Warning.INCOMPATIBLE_WITH_TARGET_TYPE;
import static org.nightglass.decide.Warning.LITTLE_COVERAGE;
import static org.nightglass.decide.Warning.LOW_SNR;
import static org.nightglass.decide.Warning.NO_DATA;
import static org.nightglass.decide.Warning.OUT_OF_DISTRIBUTION;
import static org.nightglass.decide.Warning.Z_AMBIGUOUS;
import static org.nightglass.decide.Warning.Z_NOT_ESTIMATED;
import static org.nightglass.decide.Warning.Z_OUT_OF_RANGE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * Turns what a model says into what Nightglass says, by the acceptance that the model's card states
 * for the class's redshift ensemble, or for all.
 *
 * <p>The class is the most probable one of the most probable family ({@link Inference#best}); it is
 * uncertain where the family is. The redshift is good ({@code ML_GOOD_Z}) where there is one and no
 * warning stands that {@linkplain Warning#disqualifies disqualifies} it. A class without a redshift
 * network, such as stars, has no z: 0 would be a claim.
 *
 * <p>Out of range is a redshift in the outermost two bins at either end of its network's grid,
 * since whatever lies beyond piles up there; of networks that give points, one below 0 or above
 * {@value #GREATEST_POINT}, the range that GaSNet-II trains them on.
 *
 * <p>Out of distribution is what the model itself says is of none of its classes, beyond the card's
 * limit; a model without such an output never says so.
 *
 * <p>Not given here: BAD_CALIBRATION, which needs a model of its own, and NIGHT_MISMATCH, which
 * needs the observatory.
 */
public final class Decider {
  private static final double GREATEST_POINT = 5;
  private static final double EDGE_BINS = 1.5;

  private final Acceptance acceptance;

  /**
   * Median S/N per pixel from which members that neither agree nor find a clear peak speak against
   * the object rather than the exposure: hardly any target of a known kind is flagged for it, most
   * Wolf-Rayet stars and cataclysmic variables are (models/README.md).
   */
  private static final double CLEAR_SNR = 5;

  private final @Nullable Double outlierLimit;
  private final Map<String, Redshift> redshifts = new HashMap<>();
  private final Set<String> families = new HashSet<>();

  public Decider(ModelCard card) {
    this.acceptance = card.acceptance();
    this.outlierLimit = card.classifier().outlierLimit();
    for (Redshift redshift : card.redshifts()) {
      redshift.classes().forEach(label -> redshifts.put(label, redshift));
    }
    card.classifier().classes().forEach(label -> families.add(Inference.family(label)));
  }

  /**
   * @param spectrum what was classified
   * @param inference what the model says of it
   */
  public Decision decide(PreparedSpectrum spectrum, Inference inference) {
    int best = inference.best();
    String label = inference.classes().get(best);
    double probability = inference.probabilities()[best];
    Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    Redshift network = redshifts.get(label);
    Acceptance limits = limits(network);
    judgeSpectrum(spectrum, limits, warnings);
    if (inference.familyProbability() < limits.minClassProbability()) {
      warnings.add(CLASS_UNCERTAIN);
    }
    Double outlier = inference.outlier();
    if (outlier != null && outlierLimit != null && outlier > outlierLimit) {
      warnings.add(OUT_OF_DISTRIBUTION);
    }
    if (contradicts(spectrum.observation().selectedAs(), label)) {
      warnings.add(INCOMPATIBLE_WITH_TARGET_TYPE);
    }
    RedshiftEstimate estimate = inference.redshift();
    if (estimate == null) {
      warnings.add(Z_NOT_ESTIMATED);
      return new Decision(label, probability, null, null, false, warnings);
    }
    judgeRedshift(estimate, network, limits, warnings);
    if (spectrum.snr() >= CLEAR_SNR
        && warnings.contains(ENSEMBLE_SPREAD)
        && warnings.contains(Z_AMBIGUOUS)) {
      warnings.add(OUT_OF_DISTRIBUTION);
    }
    boolean good = warnings.stream().noneMatch(Warning::disqualifies);
    return new Decision(label, probability, estimate.z(), estimate.zErr(), good, warnings);
  }

  /** Those of the class's own ensemble, or else those of all. */
  private Acceptance limits(@Nullable Redshift network) {
    Acceptance own = network == null ? null : network.acceptance();
    return own == null ? acceptance : own;
  }

  private static void judgeSpectrum(
      PreparedSpectrum spectrum, Acceptance limits, Set<Warning> warnings) {
    if (spectrum.coverage() == 0) {
      warnings.add(NO_DATA);
    }
    if (spectrum.coverage() < limits.minCoverage()) {
      warnings.add(LITTLE_COVERAGE);
    }
    if (spectrum.snr() < limits.minSnr()) {
      warnings.add(LOW_SNR);
    }
  }

  private static void judgeRedshift(
      RedshiftEstimate estimate,
      @Nullable Redshift network,
      Acceptance limits,
      Set<Warning> warnings) {
    double spread =
        Arrays.stream(estimate.memberZ()).max().orElse(0)
            - Arrays.stream(estimate.memberZ()).min().orElse(0);
    // Written so that a spread of a z at or below -1 counts as disagreement.
    if (!(spread <= limits.maxMemberSpread() * (1 + estimate.z()))) {
      warnings.add(ENSEMBLE_SPREAD);
    }
    Double peak = estimate.peakProbability();
    if (peak != null && peak < limits.minPeakProbability()) {
      warnings.add(Z_AMBIGUOUS);
    }
    if (network != null && isOutOfRange(estimate.z(), network)) {
      warnings.add(Z_OUT_OF_RANGE);
    }
  }

  private static boolean isOutOfRange(double z, Redshift network) {
    Double start = network.binStart();
    Double step = network.binStep();
    Integer bins = network.bins();
    if (start == null || step == null || bins == null) {
      return z < 0 || z > GREATEST_POINT;
    }
    double bin = (Math.log10(1 + z) - start) / step;
    return !(bin >= EDGE_BINS && bin <= bins - 1 - EDGE_BINS);
  }

  /** Only words that name a family of the model's classes are understood; others say nothing. */
  private boolean contradicts(@Nullable String selectedAs, String label) {
    if (selectedAs == null) {
      return false;
    }
    String selected = Inference.family(selectedAs.trim().toUpperCase(Locale.ROOT));
    return families.contains(selected) && !selected.equals(Inference.family(label));
  }
}
