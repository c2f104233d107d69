package org.nightglass.schemas.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.nightglass.avro.Arm;
import org.nightglass.avro.ClassMix;
import org.nightglass.avro.ClassProbability;
import org.nightglass.avro.ExplicitGrid;
import org.nightglass.avro.FieldCount;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.Forecast;
import org.nightglass.avro.LinearGrid;
import org.nightglass.avro.LogGrid;
import org.nightglass.avro.Medium;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.Pace;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.RedshiftHistogram;
import org.nightglass.avro.Reject;
import org.nightglass.avro.RejectCount;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetNight;
import org.nightglass.avro.TargetOverride;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;
import org.nightglass.avro.WindowSnr;
import org.nightglass.avro.YieldQuantiles;
import org.nightglass.avro.YieldRatio;
import org.nightglass.schemas.PackedPixels;

/** One invented record of each kind: what lies in {@code sample_data}. */
public final class SampleRecords {
  private static final Instant INGESTED = Instant.parse("2026-03-01T05:31:07.250Z");

  private static final Instant MADE = INGESTED.plusMillis(1200);

  private SampleRecords() {}

  public static List<SpecificRecord> all() {
    return List.of(
        spectrum(),
        plannedTarget(),
        nightEvent(),
        targetOverride(),
        spectrumResult(),
        reject(),
        targetState(),
        fieldProgress(),
        nightYield(),
        nightStatus());
  }

  /** Three arms, one of each kind of grid, eight pixels each. */
  public static Spectrum spectrum() {
    float[] flux = {1f, 1.5f, 2f, -0.25f, 3f, 2.5f, 2f, 1f};
    float[] ivar = {4f, 4f, 4f, 0f, 2f, 2f, 1f, 1f};
    int[] mask = {0, 0, 0, 1, 0, 0, 0, 0x80000000};
    double[] wavelengths = {7600, 7600.9, 7601.8, 7602.8, 7603.7, 7604.6, 7605.5, 7606.5};
    return Spectrum.newBuilder()
        .setSpectrumId("sample-0001")
        .setTargetId("target-0001")
        .setKind(ObjectKind.TARGET)
        .setSurvey("sample")
        .setProgramme("dark")
        .setFieldId("field-17")
        .setExposureId("exposure-42")
        .setFibre(217)
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setMjd(61100.1875)
        .setExposureSeconds(900.0)
        .setReductionVersion("1.0")
        .setNight("20260228")
        .setSelectedAs("QSO")
        .setArms(
            List.of(
                arm("b", new LogGrid(3.58, 1e-4, 8), Medium.VACUUM, flux, ivar, mask),
                arm("r", new LinearGrid(5760.0, 0.8, 8), Medium.VACUUM, flux, ivar, null),
                arm(
                    "z",
                    new ExplicitGrid(PackedPixels.packDoubles(wavelengths)),
                    Medium.AIR,
                    flux,
                    ivar,
                    mask)))
        .build();
  }

  /** One arm with so many pixels of which none is special. */
  public static Spectrum spectrum(int pixels) {
    float[] flux = new float[pixels];
    float[] ivar = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      flux[i] = (float) (10 + Math.sin(0.01 * i));
      ivar[i] = 1;
    }
    LogGrid grid = new LogGrid(3.58, 1e-4, pixels);
    return Spectrum.newBuilder(spectrum())
        .setArms(List.of(arm("", grid, Medium.VACUUM, flux, ivar, null)))
        .build();
  }

  private static Arm arm(
      String name, Object grid, Medium medium, float[] flux, float[] ivar, int[] mask) {
    return Arm.newBuilder()
        .setName(name)
        .setGrid(grid)
        .setMedium(medium)
        .setFlux(PackedPixels.packFloats(flux))
        .setIvar(PackedPixels.packFloats(ivar))
        .setMask(mask == null ? null : PackedPixels.packInts(mask))
        .build();
  }

  public static PlannedTarget plannedTarget() {
    return PlannedTarget.newBuilder()
        .setNight("20260228")
        .setTargetId("target-0001")
        .setSurvey("sample")
        .setProgramme("dark")
        .setFieldId("field-17")
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setSelectedAs("QSO")
        .setPriority(3400)
        .setNumObsInit(4)
        .setGoalSnr(2.5)
        .setGoalEffectiveSeconds(1000.0)
        .setMinTimeFraction(0.9)
        .setMinGoodFibres(3000)
        .setPlannedExposureSeconds(900.0)
        .setMaxExposureSeconds(1800.0)
        .setPlannedAt(Instant.parse("2026-02-28T22:00:00Z"))
        .build();
  }

  public static NightEvent nightEvent() {
    return NightEvent.newBuilder()
        .setNight("20260228")
        .setObservatory("sample")
        .setType(NightEventType.CLOSED)
        .setAt(Instant.parse("2026-03-01T12:05:00Z"))
        .setBy("observer")
        .setComment("clouds from 03:10")
        .build();
  }

  public static SpectrumResult spectrumResult() {
    return SpectrumResult.newBuilder()
        .setSpectrumId("sample-0001")
        .setTargetId("target-0001")
        .setKind(ObjectKind.TARGET)
        .setSurvey("sample")
        .setProgramme("dark")
        .setFieldId("field-17")
        .setExposureId("exposure-42")
        .setFibre(217)
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setMjd(61100.1875)
        .setExposureSeconds(900.0)
        .setReductionVersion("1.0")
        .setNight("20260228")
        .setNightDeclared("20260228")
        .setSelectedAs("QSO")
        .setClassLabel("QSO")
        .setClassProbability(0.96875)
        .setProbabilities(
            List.of(
                new ClassProbability("GALAXY", 0.0234375),
                new ClassProbability("QSO", 0.96875),
                new ClassProbability("STAR", 0.0078125)))
        .setZ(2.15625)
        .setZErr(0.001953125)
        .setZMembers(List.of(2.15625, 2.1552734375, 2.1572265625))
        .setZPeakProbability(0.875)
        .setZAlternative(1.3125)
        .setZAlternativeProbability(0.0625)
        .setGoodZ(true)
        .setWarnings(List.of("LOW_SNR"))
        .setWarningBits(4)
        .setSnr(1.75)
        .setSnrWindows(List.of(new WindowSnr(4200.0, 5000.0, 1.5, 1.625)))
        .setCoverage(0.9375)
        .setModelName("sample-model")
        .setModelVersion("1")
        .setSourceTopic("nightglass.spectra")
        .setSourcePartition(3)
        .setSourceOffset(123456789L)
        .setEventTime(Instant.parse("2026-03-01T04:30:00Z"))
        .setIngestedAt(INGESTED)
        .setReceivedAt(INGESTED.plusMillis(12))
        .setEmittedAt(INGESTED.plusMillis(260))
        .build();
  }

  public static Reject reject() {
    return Reject.newBuilder()
        .setReason("UNDECODABLE")
        .setMessage("first byte is 0x7b, the wire format starts with 0x00")
        .setKey(utf8("target-0002"))
        .setValue(utf8("{\"flux\": []}"))
        .setSourceTopic("nightglass.spectra")
        .setSourcePartition(3)
        .setSourceOffset(123456790L)
        .setIngestedAt(INGESTED)
        .setReceivedAt(INGESTED.plusMillis(12))
        .setRejectedAt(INGESTED.plusMillis(13))
        .setApplicationId("nightglass")
        .setApplicationVersion("0.1.0")
        .build();
  }

  public static TargetOverride targetOverride() {
    return TargetOverride.newBuilder()
        .setTargetId("target-0001")
        .setAction(OverrideAction.ACCEPT)
        .setClassLabel("QSO")
        .setZ(2.15625)
        .setAt(MADE)
        .setBy("observer")
        .setReason("C IV and Ly-alpha are plain to see")
        .build();
  }

  public static NightStatus nightStatus() {
    return NightStatus.newBuilder()
        .setNight("20260228")
        .setState(NightState.CLOSED)
        .setRevision(2)
        .setSince(MADE)
        .setClosedAt(MADE)
        .setClosedBy("observer")
        .setMadeAt(MADE)
        .build();
  }

  public static TargetState targetState() {
    return TargetState.newBuilder()
        .setTargetId("target-0001")
        .setState(TargetStateName.MORE_ZGOOD)
        .setSurvey("sample")
        .setProgramme("dark")
        .setFieldId("field-17")
        .setSelectedAs("QSO")
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setNumObs(1)
        .setNumObsInit(4)
        .setNumObsMore(3)
        .setGoodZ(true)
        .setSpectrumId("sample-0001")
        .setClassLabel("QSO")
        .setClassProbability(0.96875)
        .setZ(2.15625)
        .setZErr(0.001953125)
        .setSnr(1.75)
        .setWarnings(List.of("LOW_SNR"))
        .setEffectiveTimeFraction(0.49)
        .setEffectiveSeconds(490.0)
        .setExtraSeconds(936.734375)
        .setNights(List.of(new TargetNight("20260228", "field-17", true, "GOOD_Z", 1)))
        .setNight("20260228")
        .setNightState(NightState.OPEN)
        .setRevision(2)
        .setModel("sample-model/1")
        .setPolicy("dark/5f3a9c01")
        .setMadeAt(MADE)
        .build();
  }

  public static FieldProgress fieldProgress() {
    return FieldProgress.newBuilder()
        .setFieldId("field-17")
        .setSurvey("sample")
        .setProgramme("dark")
        .setRaDeg(150.125)
        .setDecDeg(2.25)
        .setNight("20260228")
        .setNightState(NightState.OPEN)
        .setRevision(7)
        .setDone(false)
        .setTargeted(5)
        .setAssigned(4)
        .setObserved(4)
        .setValid(3)
        .setGoodZ(2)
        .setTargetsDone(1)
        .setMinGoodFibres(3)
        .setMinTimeFraction(0.9)
        .setEffectiveTimeFraction(0.5)
        .setEffectiveSeconds(500.0)
        .setExposures(1)
        .setExposedSeconds(900)
        .setLastExposureId("exposure-42")
        .setLastExposureSpectra(4)
        .setRemainingSeconds(900.0)
        .setRemainingExposures(1)
        .setProfiting(1)
        .setProfitingTargets(List.of("target-0001"))
        .setModels(List.of("sample-model/1"))
        .setMadeAt(MADE)
        .build();
  }

  public static NightYield nightYield() {
    return NightYield.newBuilder()
        .setNight("20260228")
        .setProgramme("dark")
        .setState(NightState.OPEN)
        .setRevision(7)
        .setMadeAt(MADE)
        .setModels(List.of("sample-model/1"))
        .setTargeted(5L)
        .setAssigned(4L)
        .setObserved(4)
        .setValid(3)
        .setClassified(3)
        .setGoodZ(2)
        .setUnplanned(0)
        .setSpectra(4)
        .setRejectedEvents(1)
        .setNightMismatches(0)
        .setOverridden(1)
        .setSkyFibres(0)
        .setSkyAccepted(0)
        .setRatios(
            List.of(
                new YieldRatio("success_rate", 2L, 3L, 0.6666666666666666, 0.375, 0.875, null),
                new YieldRatio(
                    "sky_false_positive_rate", 0L, 0L, null, null, null, "no sky fibre yet")))
        .setQuantiles(List.of(new YieldQuantiles("snr", 3L, 1.0, 1.25, 1.75, 2.0, 2.5, 2.5)))
        .setRedshifts(List.of(new RedshiftHistogram("QSO", -0.05, 0.05, List.of(0L, 0L, 2L))))
        .setClassMix(List.of(new ClassMix("QSO", "QSO", 3L, 2L)))
        .setRejects(List.of(new RejectCount("NO_GOOD_PIXEL", 1L)))
        .setFields(List.of(new FieldCount("field-17", 4L, 4L, 2L)))
        .setPace(
            new Pace(
                Instant.parse("2026-03-01T04:30:00Z"),
                Instant.parse("2026-03-01T05:00:00Z"),
                0.5,
                8.0,
                4.0,
                16.0))
        .setForecast(new Forecast("beta-binomial over fields", 0, 0L, 2.0, 2.0, 2.0, 0.4, 0.4, 0.4))
        .build();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
