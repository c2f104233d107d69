package org.nightglass.survey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.OutputReader;
import org.nightglass.night.Mjd;
import org.nightglass.policy.Acceptance;
import org.nightglass.policy.ProgrammePolicy;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.survey.scheduler.Feedback;
import org.nightglass.survey.scheduler.FeedbackMissingException;
import org.nightglass.survey.scheduler.GreedyScheduler;
import org.nightglass.survey.scheduler.PlanWriter;
import org.nightglass.survey.scheduler.Visit;

/**
 * One survey observed in one way, from its first night to its last, against an application that
 * runs. Whoever opened it closes it; not thread-safe.
 */
final class SurveyRun implements AutoCloseable {
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double MINUTE = 1.0 / 1440;

  /** Nothing can be seen, or is wanted: look again after so long. */
  private static final double IDLE = 5 * MINUTE;

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final SimulatedSurvey preset;
  private final World world;
  private final FeedbackMode mode;
  private final SpectrumSender sender;
  private final Telescope telescope;
  private final GreedyScheduler scheduler;
  private final PlanWriter plan;
  private final NightLog log;
  private final Feedback feedback;
  private final ResultLog results;
  private final OutputReader reader;
  private final List<Telescope.Exposed> exposures = new ArrayList<>();

  /** Last exposure of each field that the feedback has not been asked for yet. */
  private final Map<String, Telescope.Exposed> unheard = new LinkedHashMap<>();

  /** What is told of a survey that goes on. */
  interface Watcher {
    /** So many minutes of its nights have passed. */
    void passed(double minutes);
  }

  /**
   * @param config of the application that runs
   * @param preset the survey
   * @param world that it meets
   * @param spectra what sources look like
   * @param mode when the scheduler learns what became of its exposures
   */
  SurveyRun(
      NightglassConfig config,
      SimulatedSurvey preset,
      World world,
      SurveySpectra spectra,
      FeedbackMode mode) {
    this.preset = preset;
    this.world = world;
    this.mode = mode;
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    this.sender = SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
    this.telescope = new Telescope(preset, world, spectra, sender);
    this.scheduler = new GreedyScheduler(preset.site(), preset.goals(), world.sky().catalogue());
    this.plan = new PlanWriter(config, preset.goals());
    this.log = new NightLog(config, preset.goals().survey());
    this.feedback = new Feedback(config);
    ProgrammePolicy policy = config.policies().of(preset.goals().programme());
    this.results = new ResultLog(world.sky(), result -> good(result, policy));
    this.reader = new OutputReader(config, results);
  }

  private static boolean good(SpectrumResult result, ProgrammePolicy policy) {
    Acceptance.Candidate candidate =
        new Acceptance.Candidate(
            result.getClassProbability(),
            result.getZ(),
            result.getZErr(),
            result.getGoodZ(),
            result.getWarningBits(),
            result.getSnr());
    return policy.acceptance(result.getClassLabel()).failures(candidate).isEmpty();
  }

  /**
   * Observes every night.
   *
   * @throws SurveyFaultException if spectra or feedback are missing, or the account's count of good
   *     redshifts differs from that of the results
   */
  Curve observe(Watcher watcher) throws InterruptedException {
    for (ObservingNight night : world.nights()) {
      log.opened(night);
      observe(night, watcher);
      hear(); // what is learned in the morning is all of the night
      log.closed(night);
      if (mode != FeedbackMode.NONE) {
        scheduler.learn(feedback.progress(), feedback.states(), /* fresh= */ false);
      }
    }
    long sent = exposures.stream().mapToLong(e -> e.targets().size()).sum();
    results.await(sent, PATIENCE.toMillis());
    Curve curve = results.curve(exposures);
    reconcile(curve);
    return curve;
  }

  private void observe(ObservingNight night, Watcher watcher) {
    double now = night.begin();
    while (now < night.end()) {
      double before = now;
      if (!telescope.open(night, now)) {
        now += MINUTE;
      } else {
        Visit visit = scheduler.next(now);
        now = visit == null ? now + IDLE : expose(night, now, visit);
      }
      watcher.passed((Math.min(now, night.end()) - before) / MINUTE);
    }
  }

  /** Takes an exposure, if it ends before the night does, and returns when the next may begin. */
  private double expose(ObservingNight night, double now, Visit visit) {
    double end = now + visit.seconds() / SECONDS_PER_DAY;
    if (end > night.end()) {
      return night.end();
    }
    plan.write(night.name(), visit, Mjd.instant(now));
    Telescope.Exposed exposed = telescope.expose(night, now, visit);
    scheduler.taken(visit, now);
    exposures.add(exposed);
    if (!exposed.targets().isEmpty()) {
      unheard.put(exposed.field().id(), exposed);
    }
    if (mode == FeedbackMode.LIVE) {
      hear();
      scheduler.learn(feedback.progress(), feedback.states(), /* fresh= */ true);
    }
    return end + preset.goals().overheadSeconds() / SECONDS_PER_DAY;
  }

  /** Waits until everything exposed so far is in the feedback. */
  private void hear() {
    for (Telescope.Exposed exposed : unheard.values()) {
      try {
        feedback.await(exposed.field(), exposed.id(), exposed.targets().size(), PATIENCE);
      } catch (FeedbackMissingException e) {
        throw new SurveyFaultException(String.valueOf(e.getMessage()));
      }
    }
    unheard.clear();
  }

  /** The account must come to the same number as the results by themselves. */
  private void reconcile(Curve curve) {
    long account = feedback.states().values().stream().filter(s -> s.getGoodZ()).count();
    long counted =
        curve.points().isEmpty() ? 0 : curve.points().get(curve.points().size() - 1).good();
    if (account != counted) {
      throw new SurveyFaultException(
          "the account has %d targets with a good redshift, the results have %d"
              .formatted(account, counted));
    }
  }

  @Override
  public void close() {
    reader.close();
    feedback.close();
    log.close();
    plan.close();
    sender.close();
  }
}
