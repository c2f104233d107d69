package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu avx512f avx512_bf16 clzero,true",
    "flags\t\t: fpu amx_bf16 amx_tile,true",
    "flags\t\t: fpu avx2 avx512f avx512_bf162,false",
    "Features\t: fp asimd bf16,false",
    "'',false",
  })
  void shouldReadWhatLinuxSaysOfTheProcessor(String line, boolean multiplies) throws IOException {
    Path description = folder.resolve("cpuinfo");
    Files.writeString(description, "processor\t: 0\nbugs\t: avx512_bf16\n" + line + "\n");
    assertThat(Processor.multipliesBfloat16(description)).isEqualTo(multiplies);
  }

  @Test
  void shouldTakeAnUnknownProcessorForAPlainOne() {
    assertThat(Processor.multipliesBfloat16(folder.resolve("none"))).isFalse();
  }
}
