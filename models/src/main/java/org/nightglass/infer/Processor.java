package org.nightglass.infer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What the processor can do that is worth knowing before networks are loaded. */
final class Processor {
  /** Linux's names of the instructions that multiply bfloat16 numbers. */
  private static final String INSTRUCTIONS = "avx512_bf16|amx_bf16";

  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Whether products of bfloat16 numbers are faster here than those of float32: the processor has
   * instructions for them, and TensorFlow is not told to do without the library that uses them.
   */
  static boolean multipliesBfloat16() {
    return !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS")) && multipliesBfloat16(DESCRIPTION);
  }

  /**
   * @param description as Linux describes processors; may be missing, as on other systems
   */
  static boolean multipliesBfloat16(Path description) {
    if (!Files.isReadable(description)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(description)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .limit(1) // one line for each core, all alike
          .flatMap(line -> Arrays.stream(line.split("\\s+")))
          .anyMatch(flag -> flag.matches(INSTRUCTIONS));
    } catch (IOException | UncheckedIOException e) {
      return false; // an unknown processor is a plain one
    }
  }
}
