package org.nightglass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** As many threads as the application has, which share pieces of work until none is left. */
final class Crew implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;
  private final CpuClock clock;

  Crew(int threads, CpuClock clock) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
    this.clock = clock;
  }

  /**
   * Does the work and takes its time.
   *
   * @param pieces how many pieces there are
   * @param spectra how many spectra they are, all together
   * @param piece does one, by its number
   */
  Measurement measure(int pieces, long spectra, IntConsumer piece) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    long began = System.nanoTime();
    CpuClock.Reading start = clock.read();
    for (int t = 0; t < threads; t++) {
      work.add(
          pool.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                  piece.accept(i);
                }
              }));
    }
    for (Future<?> one : work) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("work failed: " + e.getCause(), e.getCause());
      }
    }
    CpuClock.Reading end = clock.read();
    double seconds = (System.nanoTime() - began) / 1e9;
    Measurement rough = start.until(end, spectra);
    return new Measurement(
        spectra, seconds, rough.cpuSeconds(), rough.servicesCpuSeconds(), rough.foreignCores());
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
