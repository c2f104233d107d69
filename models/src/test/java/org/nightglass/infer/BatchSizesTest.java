package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizesTest {
  private static final List<Integer> ALLOWED = List.of(1, 8, 32, 128, 256);

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "8, 8",
    "7, 8",
    "9, 8 1",
    "22, 8 8 8",
    "28, 32",
    "64, 32 32",
    "100, 32 32 32 8",
    "120, 128",
    "150, 128 8 8 8",
    "250, 256",
    "256, 256",
    "40, 32 8",
    "600, 256 256 32 32 8 8 8"
  })
  void shouldCutRowsIntoFullBatchesAndPadWhatIsLeft(int rows, String expected) {
    assertThat(cut(new BatchSizes(ALLOWED), rows).stream().map(String::valueOf).toList())
        .containsExactly(expected.split(" "));
  }

  @Test
  void shouldNeverRunMoreThanPaddingAtOnceWould() {
    BatchSizes sizes = new BatchSizes(ALLOWED);
    for (int rows = 1; rows <= 256; rows++) {
      List<Integer> cut = cut(sizes, rows);
      int wanted = rows;
      int padded = ALLOWED.stream().filter(size -> size >= wanted).findFirst().orElseThrow();
      int run = cut.stream().mapToInt(Integer::intValue).sum();
      assertThat(run).as("%d rows as %s", rows, cut).isBetween(rows, padded);
    }
  }

  @Test
  void shouldMakeDoWithOneSize() {
    assertThat(cut(new BatchSizes(List.of(16)), 40)).containsExactly(16, 16, 16);
  }

  private static List<Integer> cut(BatchSizes sizes, int rows) {
    List<Integer> cut = new ArrayList<>();
    for (int left = rows; left > 0; left -= cut.get(cut.size() - 1)) {
      cut.add(sizes.next(left));
    }
    return cut;
  }
}
