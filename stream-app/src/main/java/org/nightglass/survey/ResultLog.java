package org.nightglass.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.demo.OutputReader;

/**
 * What the application made of a survey's spectra, compared with the truth. Safe for use by several
 * threads.
 */
final class ResultLog implements OutputReader.Sink {
  private static final long WAKE_MS = 200;

  private final SkyTruth sky;
  private final Predicate<SpectrumResult> acceptance;
  private final Map<String, Map<String, Outcome>> byExposure = new HashMap<>();
  private long results;
  private @Nullable String firstReject;

  private record Outcome(boolean good, boolean right, double snr) {}

  /**
   * @param sky the truth
   * @param acceptance whether a result is good by the programme's policy
   */
  ResultLog(SkyTruth sky, Predicate<SpectrumResult> acceptance) {
    this.sky = sky;
    this.acceptance = acceptance;
  }

  @Override
  public synchronized void result(SpectrumResult result) {
    results++;
    byExposure
        .computeIfAbsent(result.getExposureId(), unused -> new HashMap<>())
        .put(
            result.getTargetId(),
            new Outcome(
                acceptance.test(result),
                sky.right(result.getTargetId(), result.getClassLabel(), result.getZ()),
                result.getSnr()));
    notifyAll();
  }

  @Override
  public synchronized void reject(Reject reject) {
    if (firstReject == null) {
      firstReject = reject.getReason() + ": " + reject.getMessage();
    }
    notifyAll();
  }

  /**
   * Waits until so many results are there.
   *
   * @param stallMs how long nothing may come before it is given up
   * @throws SurveyFaultException if a spectrum is rejected, or nothing comes
   */
  synchronized void await(long spectra, long stallMs) throws InterruptedException {
    long last = results;
    long since = System.nanoTime();
    while (results < spectra) {
      if (firstReject != null) {
        throw new SurveyFaultException("a simulated spectrum was rejected: " + firstReject);
      }
      if (results > last) {
        last = results;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > stallMs * 1_000_000) {
        throw new SurveyFaultException(
            "%d of %d spectra have a result, and no more came for %d s"
                .formatted(results, spectra, stallMs / 1000));
      }
      wait(WAKE_MS);
    }
  }

  /** Good redshifts after each exposure; a target is as good as its best spectrum so far. */
  synchronized Curve curve(List<Telescope.Exposed> exposures) {
    Map<String, Outcome> best = new HashMap<>();
    List<Curve.Point> points = new ArrayList<>();
    double open = 0;
    for (Telescope.Exposed exposure : exposures) {
      open += exposure.seconds();
      byExposure
          .getOrDefault(exposure.id(), Map.of())
          .forEach((target, outcome) -> best.merge(target, outcome, ResultLog::better));
      int good = (int) best.values().stream().filter(Outcome::good).count();
      int right = (int) best.values().stream().filter(o -> o.good() && o.right()).count();
      points.add(new Curve.Point(open, good, right));
    }
    return new Curve(sky.targets(), points);
  }

  private static Outcome better(Outcome one, Outcome other) {
    if (one.good() != other.good()) {
      return one.good() ? one : other;
    }
    return one.snr() > other.snr() ? one : other;
  }
}
