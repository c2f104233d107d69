package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void shouldTakeThePrecisionThatIsAskedFor() {
    for (Precision asked : new Precision[] {Precision.FLOAT32, Precision.BFLOAT16}) {
      Devices devices = find(asked);
      assertThat(devices.precision()).isEqualTo(asked);
      assertThat(devices.exactly().precision()).isEqualTo(asked);
    }
  }

  @Test
  void shouldChooseThePrecisionThatIsFastest() {
    Devices devices = find(Precision.AUTO);
    assertThat(devices.precision())
        .isEqualTo(Processor.multipliesBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32);
    assertThat(devices.exactly().precision()).isEqualTo(Precision.FLOAT32);
  }

  private static Devices find(Precision precision) {
    return Devices.find(new EngineOptions(1, 1, DeviceChoice.CPU, precision));
  }
}
