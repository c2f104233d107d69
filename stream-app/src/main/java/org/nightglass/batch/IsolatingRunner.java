package org.nightglass.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a batch so that one bad item costs only itself: a batch that fails is retried by halves
 * until the items that fail are alone.
 *
 * <p>A failure may also be the model's, or the GPU's, and then no item is to blame. So before an
 * item is called bad, the model is asked for something that is known to work. If that fails too,
 * its exception is thrown and the batch is not answered for: the task must stop, rather than reject
 * the night one spectrum after the other.
 *
 * @param <I> what goes into the model
 * @param <O> what comes out of it
 */
public final class IsolatingRunner<I, O> {
  private static final Logger log = LoggerFactory.getLogger(IsolatingRunner.class);

  private final Function<List<I>, List<O>> model;
  private final Runnable probe;

  /**
   * @param model answers each item of a batch, in order
   * @param probe runs the model on an input that is known to work; throws if the model does not
   */
  public IsolatingRunner(Function<List<I>, List<O>> model, Runnable probe) {
    this.model = model;
    this.probe = probe;
  }

  /** What became of an item: an answer, or the exception that it caused alone. */
  public sealed interface Outcome<O> {
    record Answer<O>(O value) implements Outcome<O> {}

    record Failure<O>(RuntimeException cause) implements Outcome<O> {}
  }

  /**
   * Runs the model.
   *
   * @return one outcome an item, in order
   * @throws RuntimeException what the probe threw, if the model itself is broken
   */
  public List<Outcome<O>> run(List<I> batch) {
    List<Outcome<O>> outcomes = new ArrayList<>(batch.size());
    isolate(batch, outcomes);
    return outcomes;
  }

  private void isolate(List<I> batch, List<Outcome<O>> outcomes) {
    List<O> answers;
    try {
      answers = model.apply(batch);
    } catch (RuntimeException failure) {
      if (batch.size() == 1) {
        blame(failure);
        outcomes.add(new Outcome.Failure<>(failure));
        return;
      }
      log.warn("A batch of {} failed, retrying it by halves: {}", batch.size(), failure.toString());
      int half = batch.size() / 2;
      isolate(batch.subList(0, half), outcomes);
      isolate(batch.subList(half, batch.size()), outcomes);
      return;
    }
    if (answers.size() != batch.size()) {
      throw new IllegalStateException(
          "the model gave " + answers.size() + " answers to a batch of " + batch.size());
    }
    for (O answer : answers) {
      outcomes.add(new Outcome.Answer<>(answer));
    }
  }

  private void blame(RuntimeException failure) {
    try {
      probe.run();
    } catch (RuntimeException broken) {
      broken.addSuppressed(failure);
      throw broken;
    }
  }
}
