package org.nightglass.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;

class AccountTest {
  private final Account account = new Account();

  private void result(long offset, long latencyMillis) {
    SpectrumResult result = new SpectrumResult();
    result.setSourcePartition(0);
    result.setSourceOffset(offset);
    result.setClassLabel("GALAXY");
    result.setGoodZ(offset % 2 == 0);
    result.setIngestedAt(Instant.EPOCH);
    result.setEmittedAt(Instant.ofEpochMilli(latencyMillis));
    account.result(result);
  }

  private void reject(long offset) {
    Reject reject = new Reject();
    reject.setSourcePartition(0);
    reject.setSourceOffset(offset);
    reject.setReason("UNDECODABLE");
    account.reject(reject);
  }

  @Test
  void shouldFindNothingWrongWhenEveryEventComesOutOnce() {
    account.sent(0, 0, "a");
    account.sent(0, 1, "b");
    result(0, 10);
    reject(1);
    assertThat(account.faults()).isEmpty();
    assertThat(account.accounted()).isEqualTo(2);
    assertThat(account.byClass()).containsEntry("GALAXY", 1);
    assertThat(account.goodByClass()).containsEntry("GALAXY", 1);
    assertThat(account.byReason()).containsEntry("UNDECODABLE", 1);
  }

  @Test
  void shouldNameWhatIsLostDoubledOrUnknown() {
    account.sent(0, 0, "lost");
    account.sent(0, 1, "doubled");
    result(1, 1);
    reject(1);
    result(99, 1);
    assertThat(account.faults())
        .containsExactlyInAnyOrder(
            "1 events have neither result nor reject: lost",
            "1 events came out more than once: doubled",
            "1 results or rejects belong to no event that was sent");
  }

  @Test
  void shouldGiveQuantilesOfTheLatency() {
    assertThat(account.latencyMillis(0.5)).isNull();
    for (int i = 1; i <= 100; i++) {
      result(i, i);
    }
    assertThat(account.latencyMillis(0.5)).isEqualTo(51);
    assertThat(account.latencyMillis(0.99)).isEqualTo(100);
    assertThat(account.latencyMillis(1)).isEqualTo(100);
  }
}
