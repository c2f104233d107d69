package org.nightglass.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/** How good a bundle is on spectra it has not seen, by the names that stand in its card. */
final class Metrics {
  private final String origin;
  private final Map<String, Double> values = new TreeMap<>();

  /**
   * @param observed whether the spectra are observed ones: names begin with {@code heldBack.}, else
   *     with {@code simulated.}
   */
  Metrics(boolean observed) {
    this.origin = observed ? "heldBack." : "simulated.";
  }

  /** Redshifts of a family by its own ensemble, whatever the classifier says. */
  void redshifts(SourceClass family, List<Answer> answers) {
    double[] dz = answers.stream().mapToDouble(Answer::dz).toArray();
    String prefix = origin + family + ".";
    put(prefix + "nmad", Statistics.nmad(dz));
    put(prefix + "outliers0.003", Statistics.shareAbove(dz, 0.003));
    put(prefix + "outliers0.01", Statistics.shareAbove(dz, 0.01));
    put(prefix + "outliers0.15", Statistics.shareAbove(dz, 0.15));
    pulls(prefix, answers.stream().mapToDouble(Answer::pull).toArray());
    pulls(
        prefix + "right.",
        answers.stream().filter(Answer::right).mapToDouble(Answer::pull).toArray());
  }

  private void pulls(String prefix, double[] pull) {
    if (pull.length == 0) {
      return;
    }
    put(prefix + "pullWidth", Statistics.nmad(pull));
    put(prefix + "coverage1sigma", 1 - Statistics.shareAbove(pull, 1));
    put(prefix + "coverage2sigma", 1 - Statistics.shareAbove(pull, 2));
  }

  /**
   * Classes, outliers, and what the limits of acceptance let through.
   *
   * @param limits by the family that a spectrum is taken for
   * @param outlierLimit above it what a spectrum is taken for does not count
   */
  void verdicts(
      List<Verdict> verdicts,
      ClassScheme scheme,
      Map<SourceClass, Acceptance> limits,
      double outlierLimit) {
    List<Verdict> passed = verdicts.stream().filter(v -> accepts(limits, outlierLimit, v)).toList();
    for (SourceClass family : SourceClass.values()) {
      List<Verdict> own = verdicts.stream().filter(v -> v.truth().family() == family).toList();
      String prefix = origin + family + ".";
      put(prefix + "familyRight", share(own, v -> v.family() == family));
      put(prefix + "outOfDistribution", share(own, v -> v.outlier() > outlierLimit));
      put(prefix + "doubted", share(own, Verdict::doubted));
      List<Verdict> accepted = passed.stream().filter(v -> v.truth().family() == family).toList();
      put(prefix + "accepted", accepted.size() / (double) Math.max(1, own.size()));
      if (!accepted.isEmpty()) {
        put(prefix + "acceptedRight", share(accepted, Verdict::right));
        pulls(prefix + "accepted.", accepted.stream().mapToDouble(Metrics::pull).toArray());
      }
      List<Verdict> said =
          passed.stream()
              .filter(v -> v.family() == family)
              .filter(v -> !v.truth().label().equals(TrainingSimulator.BLEND))
              .toList();
      if (!said.isEmpty()) {
        put(prefix + "purity", share(said, Verdict::right));
      }
    }
    List<Verdict> one = verdicts.stream().filter(v -> v.truth().classes().length == 1).toList();
    put(origin + "classRight", share(one, Verdict::classRight));
    for (int c = 0; c < scheme.size(); c++) {
      int wanted = c;
      List<Verdict> own = one.stream().filter(v -> v.truth().classes()[0] == wanted).toList();
      if (!own.isEmpty()) {
        put(origin + scheme.classes().get(c) + ".classRight", share(own, Verdict::classRight));
      }
    }
    negatives(verdicts, limits, outlierLimit);
  }

  private void negatives(
      List<Verdict> verdicts, Map<SourceClass, Acceptance> limits, double outlierLimit) {
    List<Verdict> none = verdicts.stream().filter(v -> v.truth().family() == null).toList();
    for (String label : new TreeSet<>(none.stream().map(v -> v.truth().label()).toList())) {
      List<Verdict> own = none.stream().filter(v -> v.truth().label().equals(label)).toList();
      put(origin + label + ".accepted", share(own, v -> accepts(limits, outlierLimit, v)));
      put(origin + label + ".outOfDistribution", share(own, v -> v.outlier() > outlierLimit));
    }
  }

  private static boolean accepts(
      Map<SourceClass, Acceptance> limits, double outlierLimit, Verdict verdict) {
    return verdict.outlier() <= outlierLimit
        && AcceptanceFit.accepts(limits.get(verdict.family()), verdict);
  }

  private static double pull(Verdict verdict) {
    RedshiftEstimate estimate = verdict.estimate();
    return estimate == null ? 0 : (estimate.z() - verdict.truth().z()) / estimate.zErr();
  }

  private static double share(List<Verdict> of, Predicate<Verdict> which) {
    return of.isEmpty() ? 0 : of.stream().filter(which).count() / (double) of.size();
  }

  private void put(String name, double value) {
    values.put(name, Math.round(value * 1e6) / 1e6);
  }

  Map<String, Double> values() {
    return values;
  }
}
