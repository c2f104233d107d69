package org.nightglass.publish;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.ClassProbability;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.decide.Decision;
import org.nightglass.decide.Warning;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.InFlight;
import org.nightglass.night.Mjd;
import org.nightglass.spectrum.Observation;

/**
 * Writes a result: who was observed, what it is, how far, how sure, by which model, from which
 * record, and when.
 */
public final class ResultWriter {
  private final ModelCard card;
  private final Clock clock;

  /**
   * @param card of the model that made the inferences
   * @param clock for the time of emission
   */
  public ResultWriter(ModelCard card, Clock clock) {
    this.card = card;
    this.clock = clock;
  }

  /** The record for the results topic. */
  public SpectrumResult write(InFlight<Judged> judged) {
    SpectrumResult result = new SpectrumResult();
    describe(result, judged.value().spectrum().observation());
    result.setNight(judged.value().night());
    answer(result, judged.value());
    trace(result, judged.arrival());
    return result;
  }

  private static void describe(SpectrumResult result, Observation observation) {
    result.setSpectrumId(observation.spectrumId());
    result.setTargetId(observation.targetId());
    result.setKind(ObjectKind.valueOf(observation.kind().name()));
    result.setSurvey(observation.survey());
    result.setProgramme(observation.programme());
    result.setFieldId(observation.fieldId());
    result.setExposureId(observation.exposureId());
    result.setFibre(observation.fibre());
    result.setRaDeg(observation.raDeg());
    result.setDecDeg(observation.decDeg());
    result.setMjd(observation.mjd());
    result.setExposureSeconds(observation.exposureSeconds());
    result.setReductionVersion(observation.reductionVersion());
    result.setNightDeclared(observation.night());
    result.setSelectedAs(observation.selectedAs());
    result.setEventTime(Mjd.instant(observation.mjd()));
  }

  private static void answer(SpectrumResult result, Judged judged) {
    Decision decision = judged.decision();
    Inference inference = judged.inference();
    result.setClassLabel(decision.label());
    result.setClassProbability(decision.probability());
    List<ClassProbability> probabilities = new ArrayList<>();
    for (int i = 0; i < inference.classes().size(); i++) {
      probabilities.add(
          new ClassProbability(inference.classes().get(i), inference.probabilities()[i]));
    }
    result.setProbabilities(probabilities);
    result.setZ(decision.z());
    result.setZErr(decision.zErr());
    redshift(result, inference.redshift());
    if (decision.z() == null) {
      result.setZNullReason(Warning.Z_NOT_ESTIMATED.name());
    }
    result.setGoodZ(decision.goodZ());
    result.setWarnings(
        decision.warnings().stream().sorted(Comparator.naturalOrder()).map(Warning::name).toList());
    result.setWarningBits(Warning.bits(decision.warnings()));
    result.setSnr(judged.spectrum().snr());
    result.setSnrWindows(judged.snrWindows());
    result.setCoverage(judged.spectrum().coverage());
  }

  private static void redshift(SpectrumResult result, @Nullable RedshiftEstimate estimate) {
    List<Double> members = new ArrayList<>();
    if (estimate != null) {
      for (double z : estimate.memberZ()) {
        members.add(z);
      }
      result.setZPeakProbability(estimate.peakProbability());
      result.setZAlternative(estimate.alternativeZ());
      result.setZAlternativeProbability(estimate.alternativeProbability());
    }
    result.setZMembers(members);
  }

  private void trace(SpectrumResult result, Arrival arrival) {
    result.setModelName(card.name());
    result.setModelVersion(card.version());
    result.setSourceTopic(arrival.topic());
    result.setSourcePartition(arrival.partition());
    result.setSourceOffset(arrival.offset());
    result.setIngestedAt(arrival.ingestedAt());
    result.setReceivedAt(arrival.receivedAt());
    result.setEmittedAt(Instant.ofEpochMilli(clock.millis()));
  }
}
