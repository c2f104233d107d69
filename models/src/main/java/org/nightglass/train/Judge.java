package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ClassEnsembles;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.infer.RedshiftEstimate;

/**
 * What a bundle in the making says of held-back spectra, as its engine will: the classifier, its
 * class's ensemble, and where it is in doubt the second opinion of all ensembles, which is fitted
 * here.
 */
final class Judge {
  /** A family of less probability is in doubt. */
  private static final double DOUBT = 0.96;

  /** So is one whose ensemble finds no redshift. */
  private static final double DOUBTFUL_PEAK = 0.7;

  /** Families of less are hardly ever it: to ask them costs time and changes next to nothing. */
  private static final double WORTH_ASKING = 0.05;

  private final Classified classified;
  private final ClassScheme scheme;
  private final ClassEnsembles ensembleOf;
  private final int number;

  /** By pool, ensemble, spectrum. */
  private final List<List<List<RedshiftEstimate>>> estimates = new ArrayList<>();

  private final @Nullable SecondOpinion opinion;

  /**
   * @param classified what the classifier says
   * @param networks whose ensembles are asked
   */
  Judge(Classified classified, BundleNetworks networks) {
    this.classified = classified;
    this.scheme = networks.scheme();
    List<Ensemble> ensembles = networks.ensembles();
    this.number = ensembles.size();
    List<List<String>> classes = ensembles.stream().map(e -> e.redshift().classes()).toList();
    this.ensembleOf = new ClassEnsembles(scheme.classes(), classes);
    for (SamplePool pool : classified.pools()) {
      int[] all = IntStream.range(0, pool.size()).toArray();
      estimates.add(
          ensembles.stream().map(e -> e.estimate(pool, all, networks.inputSize())).toList());
    }
    boolean every =
        classes.stream().mapToInt(List::size).sum() == scheme.size()
            && ensembles.stream().allMatch(e -> e.redshift().kind() == RedshiftKind.DISTRIBUTION);
    this.opinion = every ? fit() : null;
  }

  /** Null where some class has no ensemble of distributions, or there is too little to learn. */
  @Nullable SecondOpinion opinion() {
    return opinion;
  }

  private @Nullable SecondOpinion fit() {
    SecondOpinion doubt =
        new SecondOpinion(DOUBT, DOUBTFUL_PEAK, WORTH_ASKING, 1, List.of(), List.of());
    SecondOpinionFit fit = new SecondOpinionFit(number);
    for (int p = 0; p < estimates.size(); p++) {
      SamplePool pool = classified.pools().get(p);
      for (int i = 0; i < pool.size(); i++) {
        int[] own = pool.classes(i);
        double[] probabilities = classified.probabilities(p, i);
        int said = ensembleOf.of(probabilities);
        double[] shares = ensembleOf.shares(probabilities);
        List<@Nullable RedshiftEstimate> answers = answers(doubt, p, i, shares, said);
        if (own.length > 0 && ClassEnsembles.inDoubt(doubt, shares[said], answers.get(said))) {
          fit.add(shares, answers, ensembleOf.ofClass(own[0]));
        }
      }
    }
    return fit.fit(doubt);
  }

  /** What each ensemble says of a spectrum in doubt; null where it is not asked. */
  private List<@Nullable RedshiftEstimate> answers(
      SecondOpinion opinion, int pool, int spectrum, double[] shares, int lead) {
    List<@Nullable RedshiftEstimate> answers = new ArrayList<>();
    for (int e = 0; e < number; e++) {
      answers.add(
          ClassEnsembles.asked(opinion, shares, lead, e)
              ? estimates.get(pool).get(e).get(spectrum)
              : null);
    }
    return answers;
  }

  /** A verdict on each spectrum of each pool. */
  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (int p = 0; p < estimates.size(); p++) {
      for (int i = 0; i < classified.pools().get(p).size(); i++) {
        verdicts.add(verdict(p, i));
      }
    }
    return verdicts;
  }

  private Verdict verdict(int p, int i) {
    SamplePool pool = classified.pools().get(p);
    double[] probabilities = classified.probabilities(p, i);
    boolean doubted = false;
    if (opinion != null) {
      int said = ensembleOf.of(probabilities);
      double[] shares = ensembleOf.shares(probabilities);
      List<@Nullable RedshiftEstimate> answers = answers(opinion, p, i, shares, said);
      doubted = ClassEnsembles.inDoubt(opinion, shares[said], answers.get(said));
      if (doubted) {
        probabilities = ensembleOf.revise(opinion, probabilities, answers);
      }
    }
    Inference inference = new Inference(scheme.classes(), probabilities, null);
    int best = inference.best();
    int e = ensembleOf.of(probabilities);
    return new Verdict(
        new Verdict.Truth(pool.family(), pool.label(i), pool.classes(i), pool.z(i)),
        pool.snr(i),
        best,
        scheme.family(best),
        inference.familyProbability(),
        classified.outlier(p, i),
        doubted,
        e == ClassEnsembles.NONE ? null : estimates.get(p).get(e).get(i));
  }
}
