package org.nightglass.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C unwind a command instead of cutting it off: the command's thread is interrupted, and
 * the JVM waits until it has closed what it opened.
 *
 * <p>Used as the outermost resource of a command.
 */
final class CleanExit implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);

  private CleanExit(Thread command, Duration atMost) {
    Thread hook =
        new Thread(
            () -> {
              if (done.getCount() == 0) {
                return; // the command has ended by itself
              }
              command.interrupt();
              try {
                boolean unused = done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "clean-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * For the calling thread.
   *
   * @param atMost how long the JVM waits for it
   */
  static CleanExit within(Duration atMost) {
    return new CleanExit(Thread.currentThread(), atMost);
  }

  @Override
  public void close() {
    done.countDown();
  }
}
