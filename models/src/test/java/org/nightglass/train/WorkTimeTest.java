package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTimeTest {
  @TempDir Path folder;

  @Test
  void shouldCountOnWhereARunWasStopped() throws IOException {
    WorkTime first = WorkTime.in(folder);
    assertThat(first.seconds()).isBetween(0.0, 60.0);
    Files.writeString(folder.resolve("seconds.txt"), "3600\n");
    WorkTime second = WorkTime.in(folder);
    assertThat(second.seconds()).isBetween(3600.0, 3660.0);
    second.note();
    assertThat(WorkTime.in(folder).seconds()).isBetween(3600.0, 3660.0);
  }

  @Test
  void shouldNameANoteThatIsNone() throws IOException {
    Files.writeString(folder.resolve("seconds.txt"), "an hour");
    assertThatThrownBy(() -> WorkTime.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("seconds.txt should hold a number of seconds, not 'an hour'");
  }
}
