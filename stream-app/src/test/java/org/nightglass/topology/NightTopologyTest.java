package org.nightglass.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nightglass.account.Step;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.TargetOverride;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;

/** The account of a night as its consumers see it, record by record. */
class NightTopologyTest {
  private static final String NIGHT = "20251221";
  private static final String NIGHT_TO_COME = "20251230";

  private final NightRig rig = new NightRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCountATargetOnceHoweverOftenItsSpectrumIsSent() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F1"));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.result(NightRig.result(NIGHT, "t1", "s2", 7));
    rig.tick();

    NightYield yield = rig.yields().get(NIGHT + "/dark//");
    assertThat(yield.getTargeted()).isEqualTo(2);
    assertThat(yield.getAssigned()).isEqualTo(2);
    assertThat(yield.getObserved()).isEqualTo(1);
    assertThat(yield.getGoodZ()).isEqualTo(1);
    assertThat(yield.getSpectra()).isEqualTo(2);
    assertThat(rig.yields().get(NIGHT + "///").getObserved()).isEqualTo(1);
    assertThat(rig.yields().get(NIGHT + "/dark/F1/").getObserved()).isEqualTo(1);
    assertThat(rig.yields().get(NIGHT + "/dark//>QSO").getGoodZ()).isEqualTo(1);
    assertThat(rig.surveyYields().get("dark/").getGoodZ()).isEqualTo(1);
  }

  @Test
  void shouldReplaceWhatANewerReductionSupersedes() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.tick();
    assertThat(rig.yields().get(NIGHT + "/dark//").getGoodZ()).isEqualTo(1);

    rig.result(NightRig.result(NIGHT, "t1", "s1", 0.1).reduction("v10").good(false));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 9).reduction("v9"));
    rig.tick();

    assertThat(rig.yields().get(NIGHT + "/dark//").getGoodZ()).isZero();
    assertThat(rig.yields().get(NIGHT + "/dark//").getSpectra()).isEqualTo(1);
    assertThat(rig.states().get("t1").getState()).isEqualTo(TargetStateName.MORE_ZWARN);
  }

  @Test
  void shouldAccountForEveryPlannedTargetWhenTheNightIsClosed() {
    for (String target : new String[] {"t1", "t2", "t3", "t4"}) {
      rig.plan(NightRig.plan(NIGHT, target, "dark", "F1"));
    }
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.result(NightRig.result(NIGHT, "t2", "s2", 5).warn(1)); // LITTLE_COVERAGE
    rig.reject(NIGHT, "t3", "s3", "NO_GOOD_PIXEL");
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();

    NightYield yield = rig.yields().get(NIGHT + "/dark//");
    assertThat(yield.getState()).isEqualTo(NightState.CLOSED);
    assertThat(yield.getReconciliation().getValid()).isEqualTo(1);
    assertThat(yield.getReconciliation().getInvalid()).isEqualTo(1);
    assertThat(yield.getReconciliation().getRejected()).isEqualTo(1);
    assertThat(yield.getReconciliation().getMissing()).isEqualTo(1);
    assertThat(rig.states().get("t4").getNights().get(0).getOutcome()).isEqualTo("MISSING");
    assertThat(rig.progress().get("F1").getNightState()).isEqualTo(NightState.CLOSED);
    assertThat(rig.nights().get(NIGHT).getClosedBy()).isEqualTo("observer");
  }

  @Test
  void shouldReviseAClosedNightWhenSomethingComesLate() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    long revision = rig.yields().get(NIGHT + "/dark//").getRevision();
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.tick();

    NightYield yield = rig.yields().get(NIGHT + "/dark//");
    assertThat(yield.getState()).isEqualTo(NightState.REVISED);
    assertThat(yield.getRevision()).isGreaterThan(revision);
    assertThat(yield.getReconciliation().getMissing()).isZero();
    assertThat(rig.surveyYields().get("dark/").getGoodZ()).isEqualTo(1);
  }

  @Test
  void shouldNotCloseANightBeforeWhatWasOnTheRoadIsCounted() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.roadIsFree(false);
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.OPEN);
    assertThat(rig.nights().get(NIGHT).getClosingSince()).isEqualTo(NightRig.NOW);

    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.tick();
    assertThat(rig.yields().get(NIGHT + "/dark//").getGoodZ()).isEqualTo(1);
    assertThat(rig.yields().get(NIGHT + "/dark//").getState()).isEqualTo(NightState.OPEN);

    rig.roadIsFree(true);
    rig.tick();
    assertThat(rig.yields().get(NIGHT + "/dark//").getState()).isEqualTo(NightState.CLOSED);
    assertThat(rig.nights().get(NIGHT).getClosedBy()).isEqualTo("observer");
    assertThat(rig.nights().get(NIGHT).getClosingSince()).isNull();
    assertThat(rig.nights().get(NIGHT).getClosedAt()).isEqualTo(NightRig.NOW);
    assertThat(rig.nights().get(NIGHT).getSince()).isAfter(NightRig.NOW);
  }

  @Test
  void shouldRefuseAPlanThatWasMadeWhileTheWordToCloseWaits() {
    rig.roadIsFree(false);
    rig.say(NIGHT_TO_COME, NightEventType.CLOSED);
    rig.tick();
    rig.plan(NightRig.plan(NIGHT_TO_COME, "t1", "dark", "F1", p -> p.setPlannedAt(rig.now())));
    rig.plan(
        NightRig.plan(
            NIGHT_TO_COME, "t2", "dark", "F1", p -> p.setPlannedAt(NightRig.NOW.minusMillis(1))));
    rig.tick();

    assertThat(rig.rejects()).hasSize(1);
    assertThat(rig.yields().get(NIGHT_TO_COME + "/dark//").getTargeted()).isEqualTo(1);
    rig.roadIsFree(true);
    rig.tick();
    assertThat(rig.nights().get(NIGHT_TO_COME).getState()).isEqualTo(NightState.CLOSED);
  }

  @Test
  void shouldNotWaitForTheRoadForever() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.roadIsFree(false);
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.wait(NightRig.LONGEST_CLOSING.minusSeconds(5));
    rig.say(NIGHT, NightEventType.OPENED); // changes nothing
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.OPEN);

    rig.wait(Duration.ofSeconds(5));
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.CLOSED);
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.REVISED);
  }

  @Test
  void shouldLetTheObserverTakeBackAWordThatWaits() {
    rig.plan(NightRig.plan(NIGHT_TO_COME, "t1", "dark", "F1"));
    rig.roadIsFree(false);
    rig.say(NIGHT_TO_COME, NightEventType.CLOSED);
    rig.tick();
    rig.say(NIGHT_TO_COME, NightEventType.REOPENED);
    rig.roadIsFree(true);
    rig.tick();

    assertThat(rig.nights().get(NIGHT_TO_COME).getState()).isEqualTo(NightState.OPEN);
    assertThat(rig.nights().get(NIGHT_TO_COME).getClosingSince()).isNull();
  }

  @Test
  void shouldCloseANightByTheClockOnceItIsQuiet() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.OPEN);

    rig.wait(NightRig.GRACE.plusSeconds(1));
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.CLOSED);
    assertThat(rig.nights().get(NIGHT).getClosedBy()).isEqualTo("clock");
  }

  @Test
  void shouldLetAPersonsWordWinAndSurviveReprocessing() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.override("t1", OverrideAction.REJECT);
    rig.tick();
    assertThat(rig.yields().get(NIGHT + "/dark//").getGoodZ()).isZero();

    rig.result(NightRig.result(NIGHT, "t1", "s1", 9).reduction("v2"));
    rig.tick();
    TargetState state = rig.states().get("t1");
    assertThat(state.getGoodZ()).isFalse();
    assertThat(state.getOverride().getBy()).isEqualTo("astronomer");
    assertThat(state.getWhyNotGood()).containsExactly("rejected by astronomer: looked at it");

    rig.override("t1", OverrideAction.CLEAR);
    rig.tick();
    assertThat(rig.states().get("t1").getGoodZ()).isTrue();
    assertThat(rig.yields().get(NIGHT + "/dark//").getGoodZ()).isEqualTo(1);
  }

  @Test
  void shouldSayHowFarAFieldIsAndWhoWouldProfit() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F1"));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 1).good(false));
    rig.result(NightRig.result(NIGHT, "t2", "s2", 1));
    rig.tick();

    FieldProgress progress = rig.progress().get("F1");
    assertThat(progress.getEffectiveTimeFraction()).isBetween(0.247, 0.253); // (1/2)²
    assertThat(progress.getDone()).isFalse();
    assertThat(progress.getExposures()).isEqualTo(1);
    assertThat(progress.getExposedSeconds()).isEqualTo(900);
    assertThat(progress.getRemainingSeconds()).isBetween(2300.0, 2380.0); // 900/0.25·(0.9−0.25)
    assertThat(progress.getRemainingExposures()).isEqualTo(2);
    assertThat(progress.getProfitingTargets()).containsExactly("t1");
    assertThat(progress.getLastExposureSpectra()).isEqualTo(2);
  }

  @Test
  void shouldTellTheEffectiveTimeInSecondsWhereTheGoalIsSoGiven() {
    rig.plan(
        NightRig.plan(NIGHT, "t1", "dark", "F1", plan -> plan.setGoalEffectiveSeconds(1000.0)));
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F2"));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 1));
    rig.tick();

    assertThat(rig.states().get("t1").getEffectiveSeconds()).isEqualTo(250); // (1/2)²·1000
    assertThat(rig.progress().get("F1").getEffectiveSeconds()).isBetween(247.0, 253.0);
    assertThat(rig.states().get("t2").getEffectiveSeconds()).isNull();
    assertThat(rig.progress().get("F2").getEffectiveSeconds()).isNull();
  }

  @Test
  void shouldNotPromiseThatTimeMakesUpForMissingFibres() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1", plan -> plan.setMinGoodFibres(2)));
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F1", plan -> plan.setMinGoodFibres(2)));
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.tick();

    FieldProgress progress = rig.progress().get("F1");
    assertThat(progress.getDone()).isFalse();
    assertThat(progress.getRemainingSeconds()).isNull();
    assertThat(progress.getRemainingExposures()).isNull();
    assertThat(progress.getRemainingNullReason())
        .isEqualTo("deep enough, but 1 good fibres of 2: time alone will not do");

    rig.result(NightRig.result(NIGHT, "t2", "s2", 5));
    rig.tick();
    assertThat(rig.progress().get("F1").getDone()).isTrue();
    assertThat(rig.progress().get("F1").getRemainingSeconds()).isZero();
  }

  @Test
  void shouldRefuseAPlanThatCannotStandAndDisturbNothing() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F2"));
    rig.plan(NightRig.plan(NIGHT, "t2", "grey", "F1"));
    rig.plan(NightRig.plan(NIGHT, "t3", "dark", "F1", plan -> plan.setGoalSnr(-1.0)));
    rig.plan(
        NightRig.plan(
            NIGHT, "t4", "dark", "F1", plan -> plan.setPlannedAt(NightRig.NOW.plusSeconds(1))));
    rig.tick();

    assertThat(rig.rejects())
        .extracting(reject -> reject.getReason())
        .containsOnly("BAD_PLAN")
        .hasSize(4);
    assertThat(rig.rejects())
        .extracting(reject -> reject.getMessage())
        .anyMatch(message -> message.contains("planned already in field F1"))
        .anyMatch(
            message -> message.contains("programme 'grey' is unknown (configured: bright, dark)"))
        .anyMatch(message -> message.contains("goal_snr is -1.0, must be positive"))
        .anyMatch(message -> message.contains("after the night's end"));
    assertThat(rig.yields().get(NIGHT + "/dark//").getTargeted()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAPlanThatWasMadeAfterClosing() {
    rig.say(NIGHT_TO_COME, NightEventType.CLOSED);
    rig.tick();
    rig.plan(
        NightRig.plan(
            NIGHT_TO_COME, "t1", "dark", "F1", p -> p.setPlannedAt(NightRig.NOW.plusSeconds(1))));
    rig.tick();

    assertThat(rig.rejects()).hasSize(1);
    assertThat(rig.rejects().get(0).getMessage())
        .contains("it was made at", "after night " + NIGHT_TO_COME + " was closed");
    assertThat(rig.yields()).doesNotContainKey(NIGHT_TO_COME + "/dark//");
  }

  @Test
  void shouldTakeAPlanThatComesAfterClosingButWasMadeBefore() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F1"));
    rig.tick();

    assertThat(rig.rejects()).isEmpty();
    assertThat(rig.yields().get(NIGHT + "/dark//").getTargeted()).isEqualTo(2);
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.REVISED);
  }

  @Test
  void shouldRefuseToWithdrawWhatAClosedNightHasNotObserved() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    rig.take(new Step(Step.Input.PLAN, NIGHT + "/t1", null));
    rig.tick();

    assertThat(rig.rejects()).extracting(reject -> reject.getReason()).containsExactly("BAD_PLAN");
    assertThat(rig.rejects().get(0).getMessage())
        .contains("after night 20251221 was closed at", "reopen it first");
    assertThat(rig.yields().get(NIGHT + "/dark//").getReconciliation().getMissing()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAWithdrawalAfterClosingThoughTheNightWasRevisedBeforeItIsRead() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.plan(NightRig.plan(NIGHT, "t2", "dark", "F1"));
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    Instant taken = rig.now();
    rig.tick();
    rig.result(NightRig.result(NIGHT, "t2", "s2", 5));
    rig.tick();
    assertThat(rig.nights().get(NIGHT).getState()).isEqualTo(NightState.REVISED);
    rig.take(new Step(Step.Input.PLAN, NIGHT + "/t1", null), taken);
    rig.tick();

    assertThat(rig.rejects()).extracting(reject -> reject.getReason()).containsExactly("BAD_PLAN");
    assertThat(rig.nights().get(NIGHT).getClosedAt()).isBefore(taken);
    assertThat(rig.yields().get(NIGHT + "/dark//").getReconciliation().getMissing()).isEqualTo(1);
  }

  @Test
  void shouldTellThatAWithdrawnTargetIsNoLongerPlanned() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.tick();
    assertThat(rig.states().get("t1").getNights()).hasSize(1);
    rig.take(new Step(Step.Input.PLAN, NIGHT + "/t1", null));
    rig.tick();

    assertThat(rig.states().get("t1").getState()).isEqualTo(TargetStateName.UNOBS);
    assertThat(rig.states().get("t1").getNights()).isEmpty();
    assertThat(rig.yields().get(NIGHT + "/dark//").getTargeted()).isZero();
  }

  @Test
  void shouldCountASpectrumOfUnknownProgrammeOnceInTheNight() {
    rig.reject(NIGHT, "t1", "s1", "BAD_HEADER", reject -> reject.setProgramme("").setFieldId(null));
    rig.tick();

    assertThat(rig.yields().get(NIGHT + "///").getRejectedEvents()).isEqualTo(1);
    assertThat(rig.yields().get(NIGHT + "///").getObserved()).isEqualTo(1);
    assertThat(rig.progress()).isEmpty();
  }

  @Test
  void shouldCountTheSpectraOfAClass() {
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.result(NightRig.result(NIGHT, "t1", "s2", 7));
    rig.tick();

    NightYield yield = rig.yields().get(NIGHT + "/dark//>QSO");
    assertThat(yield.getObserved()).isEqualTo(1);
    assertThat(yield.getSpectra()).isEqualTo(2);
    assertThat(yield.getModels()).containsExactly("m/1");
  }

  @Test
  void shouldGoOnAfterNamesThatHoldControlCharacters() {
    NightRig.ResultOf odd = NightRig.result(NIGHT, "t1", "s1", 5);
    odd.result.setExposureId("e\u0001x");
    odd.result.setFieldId("F\u0001");
    odd.result.setClassLabel("Q\u0001SO");
    rig.result(odd);
    NightRig.ResultOf undated = NightRig.result("yesterday", "t2", "s2", 5);
    rig.result(undated);
    rig.tick();

    assertThat(rig.yields().get(NIGHT + "///").getObserved()).isEqualTo(1);
    assertThat(rig.nights()).containsOnlyKeys(NIGHT);
  }

  @Test
  void shouldTakeAPersonsRedshiftOnlyIfSheAcceptsIt() {
    rig.result(NightRig.result(NIGHT, "t1", "s1", 5));
    rig.take(
        new Step(
            Step.Input.OVERRIDES,
            "t1",
            new TargetOverride(
                "t1",
                OverrideAction.DO_NOT_OBSERVE,
                "GALAXY",
                0.3,
                NightRig.NOW,
                "astronomer",
                "a star is in the way")));
    rig.tick();

    assertThat(rig.states().get("t1").getState()).isEqualTo(TargetStateName.DONOTOBSERVE);
    assertThat(rig.states().get("t1").getClassLabel()).isEqualTo("QSO");
    assertThat(rig.states().get("t1").getZ()).isEqualTo(2.1);
  }

  @Test
  void shouldTellEveryTargetOfALargeNightThatItIsClosed() {
    int targets = 2500; // more than is told in one go
    for (int i = 0; i < targets; i++) {
      rig.plan(NightRig.plan(NIGHT, "t" + i, "dark", "F1"));
    }
    rig.say(NIGHT, NightEventType.CLOSED);
    rig.tick();
    rig.tick();

    assertThat(rig.states()).hasSize(targets);
    assertThat(rig.states().values()).allMatch(state -> state.getNightState() == NightState.CLOSED);
  }

  @Test
  void shouldTellEachChangeOnceAndNotTooOften() {
    rig.plan(NightRig.plan(NIGHT, "t1", "dark", "F1"));
    rig.tick();
    int before = rig.yieldRecords(NIGHT + "/dark//");
    for (int i = 0; i < 50; i++) {
      rig.result(NightRig.result(NIGHT, "t1", "s" + i, 5));
    }
    rig.tick();
    rig.tick();
    rig.tick();

    assertThat(rig.yieldRecords(NIGHT + "/dark//")).isEqualTo(before + 1);
    assertThat(rig.yields().get(NIGHT + "/dark//").getSpectra()).isEqualTo(50);
  }

  @Test
  void shouldPublishTheShareOfSkyFibresThatPass() {
    rig.result(NightRig.result(NIGHT, "sky", "k1", 5).sky());
    rig.result(NightRig.result(NIGHT, "sky", "k2", 5).sky().good(false));
    rig.tick();

    NightYield yield = rig.yields().get(NIGHT + "/dark//");
    assertThat(yield.getSkyFibres()).isEqualTo(2);
    assertThat(yield.getSkyAccepted()).isEqualTo(1);
    assertThat(yield.getObserved()).isZero();
    assertThat(rig.states()).isEmpty();
  }
}
