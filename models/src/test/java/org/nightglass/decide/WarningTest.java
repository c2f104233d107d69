package org.nightglass.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarningTest {

  @Test
  void shouldGiveEachWarningABitOfItsOwnBelowTheReservedOnes() {
    assertThat(Arrays.stream(Warning.values()).map(Warning::bit).toList())
        .doesNotHaveDuplicates()
        .allMatch(bit -> bit >= 0 && bit < 12);
  }

  @Test
  void shouldWriteAndReadBitmasks() {
    assertThat(Warning.bits(Set.of(Warning.NO_DATA, Warning.LOW_SNR))).isEqualTo(0b101);
    assertThat(Warning.bits(Set.of())).isZero();
    Set<Warning> all = EnumSet.allOf(Warning.class);
    assertThat(Warning.bits(all)).isEqualTo(0xfff);
    assertThat(Warning.ofBits(0xfff)).isEqualTo(all);
    for (Warning warning : all) {
      assertThat(Warning.ofBits(Warning.bits(Set.of(warning)))).containsExactly(warning);
    }
  }

  @Test
  void shouldRefuseReservedBits() {
    assertThatThrownBy(() -> Warning.ofBits(0x8001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warning bits 0x8001 hold reserved bits 0x8000");
  }
}
