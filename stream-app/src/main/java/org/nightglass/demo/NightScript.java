package org.nightglass.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.decide.Warning;
import org.nightglass.night.Observatory;
import org.nightglass.produce.RecordSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

/**
 * The night around a demo's spectra: opens it, plans every target, and some more that get no fibre
 * or no exposure, and closes it; and keeps count of what the account of the night must come to.
 *
 * <p>Safe for use by several threads.
 */
final class NightScript implements AutoCloseable {
  /** One target in so many is planned without a fibre, and one with a fibre but never exposed. */
  private static final int PER_UNASSIGNED = 25;

  private static final int PER_UNOBSERVED = 50;
  private static final String OBSERVER = "demo";
  private static final int UNUSABLE =
      Warning.bits(Set.of(Warning.NO_DATA, Warning.LITTLE_COVERAGE, Warning.BAD_CALIBRATION));

  private final Observatory observatory;
  private final RecordSender<PlannedTarget> plan;
  private final RecordSender<NightEvent> events;

  private final Set<String> nights = new TreeSet<>();
  private final Map<String, Observation> targets = new HashMap<>();
  private final Map<String, Count> counts = new TreeMap<>();

  /** What a programme of a night must come to; targets by name. */
  private static final class Count {
    final Set<String> targeted = new HashSet<>();
    final Set<String> assigned = new HashSet<>();
    final Set<String> observed = new HashSet<>();
    final Set<String> valid = new HashSet<>();
    int spectra;
    int rejected;
    int skyFibres;
  }

  NightScript(NightglassConfig config, Observatory observatory) {
    this.observatory = observatory;
    this.plan = sender(config, config.topics().plan());
    this.events = sender(config, config.topics().nightEvents());
  }

  private static <T extends SpecificRecord> RecordSender<T> sender(
      NightglassConfig config, String topic) {
    Serializer<T> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    return new RecordSender<>(config.kafka(), serializer, topic);
  }

  /** A spectrum is about to be sent: its target is planned. */
  synchronized void before(Observation observation) {
    String night = observatory.night(observation.mjd());
    if (nights.add(night)) {
      say(night, NightEventType.OPENED);
    }
    if (observation.kind() != ObjectKind.TARGET
        || targets.put(observation.targetId(), observation) != null) {
      return;
    }
    plan(night, observation, observation.targetId(), true);
    int number = targets.size();
    if (number % PER_UNASSIGNED == 0) {
      plan(night, observation, observation.targetId() + "-NO-FIBRE", false);
    }
    if (number % PER_UNOBSERVED == 0) {
      plan(night, observation, observation.targetId() + "-LOST", true);
    }
  }

  private void plan(String night, Observation like, String target, boolean assigned) {
    Count count = count(night, like.programme());
    count.targeted.add(target);
    if (assigned) {
      count.assigned.add(target);
    }
    PlannedTarget planned =
        PlannedTarget.newBuilder()
            .setNight(night)
            .setTargetId(target)
            .setSurvey(like.survey())
            .setProgramme(like.programme())
            .setFieldId(like.fieldId())
            .setRaDeg(like.raDeg())
            .setDecDeg(like.decDeg())
            .setSelectedAs(like.selectedAs())
            .setAssigned(assigned)
            .setPlannedExposureSeconds(like.exposureSeconds())
            .setMinGoodFibres(1)
            .setPlannedAt(observatory.end(night).minusSeconds(20 * 3600))
            .build();
    var unused = plan.send(night + "/" + target, planned);
  }

  private Count count(String night, String programme) {
    return counts.computeIfAbsent(night + "/" + programme, key -> new Count());
  }

  private void say(String night, NightEventType type) {
    NightEvent event =
        new NightEvent(night, OBSERVER, type, Instant.now(), OBSERVER, null, "simulated");
    var unused = events.send(night, event);
    events.flush();
  }

  /** A result has come out. */
  synchronized void result(SpectrumResult result) {
    if (result.getNight() == null) {
      return;
    }
    Count count = count(result.getNight(), result.getProgramme());
    switch (result.getKind()) {
      case TARGET -> {
        count.spectra++;
        count.observed.add(result.getTargetId());
        if ((result.getWarningBits() & UNUSABLE) == 0) {
          count.valid.add(result.getTargetId());
        }
      }
      case SKY -> count.skyFibres++;
      case STANDARD -> {}
    }
  }

  /** A reject has come out. */
  synchronized void reject(Reject reject) {
    if (reject.getNight() != null && "TARGET".equals(reject.getKind())) {
      Count count = count(reject.getNight(), String.valueOf(reject.getProgramme()));
      count.rejected++;
      count.observed.add(String.valueOf(reject.getTargetId()));
    }
  }

  /** The nights are over. */
  synchronized void close(Iterable<String> over) {
    plan.flush();
    over.forEach(night -> say(night, NightEventType.CLOSED));
  }

  /** The nights that there were. */
  synchronized List<String> nights() {
    return List.copyOf(nights);
  }

  /** Keys of the yields that there must be: night and programme. */
  synchronized List<String> yields() {
    return List.copyOf(counts.keySet());
  }

  /**
   * What of a yield is not as it must be, in words; empty if it is exact.
   *
   * @param key night and programme
   */
  synchronized List<String> faults(String key, NightYield yield) {
    Count count = counts.get(key);
    List<String> faults = new ArrayList<>();
    if (count == null) {
      return List.of(key + " was not to be expected");
    }
    compare(faults, key, "targeted", count.targeted.size(), yield.getTargeted());
    compare(faults, key, "assigned", count.assigned.size(), yield.getAssigned());
    compare(faults, key, "observed", count.observed.size(), yield.getObserved());
    compare(faults, key, "valid", count.valid.size(), yield.getValid());
    compare(faults, key, "spectra", count.spectra, yield.getSpectra());
    compare(faults, key, "rejected", count.rejected, yield.getRejectedEvents());
    compare(faults, key, "sky fibres", count.skyFibres, yield.getSkyFibres());
    if (yield.getState() != NightState.CLOSED) {
      faults.add("night-yield %s is %s, not CLOSED".formatted(key, yield.getState()));
    }
    return faults;
  }

  private static void compare(
      List<String> faults, String key, String what, long expected, Long found) {
    if (found == null || found != expected) {
      faults.add("night-yield %s: %s is %s, truth %d".formatted(key, what, found, expected));
    }
  }

  @Override
  public void close() {
    plan.close();
    events.close();
  }
}
