package org.nightglass.schemas.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: waits of {@code initial·2^n}, at most {@code max}, each
 * shortened by up to a half at random so that a hundred instances do not come back in the same
 * moment.
 *
 * @param retries how often to try again after the first failure
 * @param initial wait before the first retry
 * @param max longest wait
 */
public record Backoff(int retries, Duration initial, Duration max) {

  /** The wait before retry {@code n}, counted from 0. */
  public Duration before(int n, RandomGenerator random) {
    double grown = initial.toMillis() * Math.pow(2, n);
    double capped = Math.min(grown, (double) max.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + 0.5 * random.nextDouble())));
  }

  /** Lets time pass; tests let it pass at once. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration wait) throws InterruptedException;
  }
}
