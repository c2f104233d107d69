package org.nightglass.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Work of several stages: a bar each on a terminal, with time left; elsewhere a line at every
 * tenth.
 */
final class StageProgress implements AutoCloseable {
  private static final int STEPS = 1000;

  private final PrintWriter out;
  private final boolean terminal = System.console() != null;
  private String stage = "";
  private int tenth = -1;
  private @Nullable ProgressBar bar;

  StageProgress(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param now what is being done
   * @param done share of it, 0 to 1
   * @param detail for people
   */
  void report(String now, double done, String detail) {
    if (!now.equals(stage)) {
      close();
      stage = now;
      tenth = -1;
      if (terminal) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(now)
                .setInitialMax(STEPS)
                .setMaxRenderedLength(110)
                .build();
      }
    }
    if (bar != null) {
      bar.stepTo(Math.round(done * STEPS));
      bar.setExtraMessage(detail);
    } else if ((int) (done * 10) > tenth) {
      tenth = (int) (done * 10);
      out.printf("%-32s %3.0f %%  %s%n", now, 100 * done, detail);
      out.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
