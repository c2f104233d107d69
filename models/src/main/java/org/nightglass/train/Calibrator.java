package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.infer.RedshiftDecoder;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/** Calibrates a bundle's networks on spectra that they have not seen, and measures them. */
final class Calibrator {
  private final BundleNetworks networks;
  private final Pools heldBack;
  private final double leastSnr;
  private final Metrics metrics;

  /** What calibrated ensembles say of spectra that fitted no error, by what these are. */
  private final Map<SourceClass, List<Answer>> checked = new EnumMap<>(SourceClass.class);

  /**
   * @param heldBack what to calibrate on
   * @param leastSnr redshifts from spectra of less S/N are never accepted
   * @param metrics takes how good the bundle is
   */
  Calibrator(BundleNetworks networks, Pools heldBack, double leastSnr, Metrics metrics) {
    this.networks = networks;
    this.heldBack = heldBack;
    this.leastSnr = leastSnr;
    this.metrics = metrics;
  }

  /** Fits errors, then with them classes, second opinions and limits of acceptance. */
  BundleCalibration calibrate(BundleTrainer.Progress progress) {
    progress.report("calibrate", 0, "errors");
    List<Ensemble> ensembles = networks.ensembles().stream().map(this::withErrors).toList();
    checked.forEach(metrics::redshifts);
    progress.report("calibrate", 0.5, "classes and acceptance");
    Classified classified = Classified.of(networks, heldBack);
    Judge judge = new Judge(classified, networks.with(ensembles));
    SecondOpinion opinion = judge.opinion();
    List<Verdict> verdicts = judge.verdicts();
    AcceptanceFit fit = new AcceptanceFit(opinion == null ? 1 : opinion.minProbability(), leastSnr);
    double outlierLimit = Objects.requireNonNullElse(classified.outlierLimit(), 1.0);
    Map<SourceClass, Acceptance> limits =
        fit.limits(
            verdicts.stream()
                .filter(v -> v.outlier() <= outlierLimit)
                // The redshift of one of two sources is neither right nor wrong.
                .filter(v -> !v.truth().label().equals(TrainingSimulator.BLEND))
                .toList());
    metrics.verdicts(verdicts, networks.scheme(), limits, outlierLimit);
    progress.report("calibrate", 1, "classes and acceptance");
    return new BundleCalibration(
        classified,
        opinion,
        ensembles.stream().map(ensemble -> withLimits(ensemble, fit, limits).redshift()).toList(),
        fit.strictest(limits.values()),
        metrics.values());
  }

  /** Fits errors on one half of the spectra of the ensemble's classes, measures on the other. */
  private Ensemble withErrors(Ensemble raw) {
    List<Answer> fit = new ArrayList<>();
    heldBack.families().forEach(pool -> fit.addAll(answers(raw, pool, 0, 1)));
    if (fit.isEmpty()) {
      return raw.with((ErrorCalibration) null);
    }
    Redshift redshift = raw.redshift();
    ErrorCalibration peaks = ErrorFit.ofPeaks(fit);
    Ensemble calibrated =
        raw.with(
            redshift.kind() == RedshiftKind.DISTRIBUTION
                ? ErrorFit.ofAll(peaks, fit, RedshiftTarget.Bins.of(redshift))
                : peaks);
    for (SamplePool pool : heldBack.families()) {
      // A family that the ensemble has no class of has no figures, not perfect ones.
      for (Answer answer : answers(calibrated, pool, 1, 2)) {
        checked.computeIfAbsent(answer.family(), f -> new ArrayList<>()).add(answer);
      }
    }
    return calibrated;
  }

  /** What an ensemble says of some halves of a pool's spectra of its classes. */
  private List<Answer> answers(Ensemble ensemble, SamplePool pool, int fromHalf, int toHalf) {
    Set<Integer> classes =
        ensemble.redshift().classes().stream()
            .map(networks.scheme().classes()::indexOf)
            .collect(Collectors.toSet());
    int[] own =
        IntStream.range(0, pool.size())
            .filter(i -> Arrays.stream(pool.classes(i)).anyMatch(classes::contains))
            .toArray();
    int[] some = Arrays.copyOfRange(own, fromHalf * own.length / 2, toHalf * own.length / 2);
    SourceClass family = Objects.requireNonNull(pool.family());
    RedshiftDecoder decoder = new RedshiftDecoder(ensemble.redshift());
    boolean points = ensemble.redshift().kind() == RedshiftKind.POINTS;
    return ensemble.run(
        pool,
        some,
        networks.inputSize(),
        (i, output, offset) ->
            new Answer(
                family,
                pool.z(i),
                pool.snr(i),
                decoder.decode(output, offset, pool.snr(i)),
                points ? null : decoder.distribution(output, offset)));
  }

  /**
   * Gives an ensemble the limits of the families that its classes are of, the strictest of each.
   */
  private Ensemble withLimits(
      Ensemble ensemble, AcceptanceFit fit, Map<SourceClass, Acceptance> limits) {
    List<Acceptance> own =
        ensemble.redshift().classes().stream()
            .map(label -> limits.get(ClassScheme.family(label)))
            .filter(Objects::nonNull)
            .toList();
    return ensemble.with(own.isEmpty() ? (Acceptance) null : fit.strictest(own));
  }
}
