package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {

  @Test
  void shouldReadWordsAndNames() {
    assertThat(DeviceChoice.parse(" Auto")).isEqualTo(DeviceChoice.AUTO);
    assertThat(DeviceChoice.parse("cpu")).isEqualTo(DeviceChoice.CPU);
    assertThat(DeviceChoice.parse("GPU")).isEqualTo(DeviceChoice.GPU);
    assertThat(DeviceChoice.parse("gpu:0, gpu:2").devices())
        .containsExactly(new Device(Device.Type.GPU, 0), new Device(Device.Type.GPU, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "gpu", "gpu:1", "cpu:0,cpu:1"})
  void shouldSayWhatItHasRead(String text) {
    assertThat(DeviceChoice.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "gpu:", "gpu:-1", "gpu:0,", "gpu,cpu", "gpu:0,gpu:0"})
  void shouldRefuseWhatNamesNoDevices(String text) {
    assertThatThrownBy(() -> DeviceChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
