package org.nightglass.cli;

import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with rate and time left, on a terminal; nothing where standard error is a file. */
final class Progress implements AutoCloseable {
  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * @param task what is going on
   * @param total steps in all
   * @param wanted whether a bar would disturb nothing else on the terminal
   */
  static Progress of(String task, long total, boolean wanted) {
    if (!wanted || System.console() == null) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .setMaxRenderedLength(100)
            .showSpeed()
            .build());
  }

  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  void to(long done, long total) {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
