package org.nightglass.serve.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nightglass.avro.ClassProbability;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.policy.Policies;
import org.nightglass.policy.PolicyReader;
import org.nightglass.schemas.serde.TrustedClasses;

/** Results and rejects as the application writes them. */
public final class Results {
  public static final String NIGHT = "20260228";

  /** The night's first exposure. */
  public static final Instant BEGIN = Instant.parse("2026-03-01T04:30:00Z");

  static {
    TrustedClasses.trust(SpectrumResult.class);
    TrustedClasses.trust(Reject.class);
  }

  private Results() {}

  /** A good quasar of the night, in the second fibre. */
  public static SpectrumResult of(
      String spectrum, String target, ObjectKind kind, Instant emittedAt) {
    return SpectrumResult.newBuilder()
        .setSpectrumId(spectrum)
        .setTargetId(target)
        .setKind(kind)
        .setSurvey("sample")
        .setProgramme("dark")
        .setFieldId("field-17")
        .setExposureId("exposure-42")
        .setFibre(2)
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setMjd(61100.1875)
        .setExposureSeconds(900.0)
        .setReductionVersion("1.0")
        .setNight(NIGHT)
        .setNightDeclared(NIGHT)
        .setSelectedAs("QSO")
        .setClassLabel("QSO")
        .setClassProbability(0.9375)
        .setProbabilities(
            List.of(new ClassProbability("QSO", 0.9375), new ClassProbability("GALAXY", 0.0625)))
        .setZ(2.15625)
        .setZErr(0.001953125)
        .setZMembers(List.of(2.15625, 2.1552734375))
        .setGoodZ(true)
        .setWarnings(List.of())
        .setWarningBits(0)
        .setSnr(1.75)
        .setCoverage(0.9375)
        .setModelName("sample-model")
        .setModelVersion("1")
        .setSourceTopic("nightglass.spectra")
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setEventTime(BEGIN)
        .setIngestedAt(emittedAt.minusMillis(250))
        .setReceivedAt(emittedAt.minusMillis(200))
        .setEmittedAt(emittedAt)
        .build();
  }

  /** A reject of the night. */
  public static Reject reject(String reason, Instant at) {
    return Reject.newBuilder()
        .setReason(reason)
        .setMessage("fibre is -1, must be 0 or more")
        .setNight(NIGHT)
        .setSourceTopic("nightglass.spectra")
        .setSourcePartition(0)
        .setSourceOffset(at.toEpochMilli())
        .setIngestedAt(at)
        .setReceivedAt(at)
        .setRejectedAt(at)
        .setApplicationId("test")
        .setApplicationVersion("1.2.3")
        .build();
  }

  /** Policies as they are where nothing is configured. */
  public static Policies policies(Map<String, String> given) {
    List<String> faults = new ArrayList<>();
    Policies policies = PolicyReader.read(given, faults);
    assertThat(faults).isEmpty();
    return policies;
  }
}
