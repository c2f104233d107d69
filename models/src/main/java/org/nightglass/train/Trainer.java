package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network: seeded, resumable from its last checkpoint, and stopped at the first loss
 * that is not a number.
 *
 * <p>A checkpoint, {@code NAME.weights}, holds weights and optimiser, so that a training that was
 * stopped goes on to the very same end. {@code NAME.csv} holds a line every {@value #LOG_EVERY}
 * steps: step, learning rate, mean loss since the last line, and where one was made the loss on
 * spectra apart.
 *
 * <p>With {@link Validation} a training ends early, with the weights that did best on spectra that
 * it does not learn from; {@code NAME.best.weights} keeps them.
 */
final class Trainer {
  static final int LOG_EVERY = 20;

  /**
   * How to train.
   *
   * @param batch spectra a step
   * @param rate learning rate, and with it the number of steps
   * @param seed of weights and dropout
   * @param checkpointEvery steps
   */
  record Plan(int batch, Schedule rate, long seed, int checkpointEvery) {}

  /**
   * How to tell when a training gains no more.
   *
   * @param batches of spectra apart; its first {@code number} are used each time
   * @param number of batches
   * @param every steps
   * @param patience evaluations without a lesser loss after which the training ends
   */
  record Validation(BatchSource batches, int number, int every, int patience) {}

  private final Network network;
  private final Objective objective;
  private final Plan plan;

  Trainer(Network network, Objective objective, Plan plan) {
    this.network = network;
    this.objective = objective;
    this.plan = plan;
  }

  /** How many steps a training has, if it does not end early. */
  long steps() {
    return plan.rate.steps();
  }

  /** Trains to the end; see {@link #train(BatchSource, Validation, Path, String, BiConsumer)}. */
  Weights train(
      BatchSource batches, @Nullable Path directory, String name, BiConsumer<Long, Double> progress)
      throws IOException {
    return train(batches, null, directory, name, progress);
  }

  /**
   * Trains to the end, from the last checkpoint if there is one.
   *
   * @param batches what to train on
   * @param validation when to end early; null = never
   * @param directory where checkpoint and log lie; null for none
   * @param name of checkpoint and log
   * @param progress told the step and the mean loss, every {@value #LOG_EVERY} steps
   * @return weights after the last step; of a training with validation, the best
   * @throws TrainingException if the loss is not finite
   */
  Weights train(
      BatchSource batches,
      @Nullable Validation validation,
      @Nullable Path directory,
      String name,
      BiConsumer<Long, Double> progress)
      throws IOException {
    float[] spectra = new float[plan.batch * network.pixels() * network.channels()];
    float[] targets = new float[plan.batch * network.outputs()];
    Path checkpoint = directory == null ? null : directory.resolve(name + ".weights");
    try (TrainingGraph graph = new TrainingGraph(network, objective, plan.seed)) {
      long start = 0;
      if (checkpoint != null && Files.exists(checkpoint)) {
        Weights saved = Weights.load(checkpoint);
        graph.restore(saved);
        start = saved.step();
      }
      TrainingLog log = new TrainingLog(directory, name, start);
      Best best = validation == null ? null : new Best(validation, directory, name, start);
      double sum = 0;
      for (long step = start; step < plan.rate.steps(); step++) {
        if (best != null && best.exhausted(step)) {
          break;
        }
        batches.fill(step, plan.batch, spectra, targets);
        double rate = plan.rate.at(step);
        float loss = graph.step(step, rate, plan.batch, spectra, targets);
        requireFinite(name, loss, step, rate);
        sum += loss;
        long done = step + 1;
        Double apart = null;
        if (best != null && (done % best.validation.every == 0 || done == plan.rate.steps())) {
          apart = validate(graph, best.validation, spectra, targets);
          requireFinite(name, apart.floatValue(), step, rate);
          best.offer(done, apart, graph);
        }
        if (done % LOG_EVERY == 0) {
          double mean = sum / Math.min(LOG_EVERY, done - start);
          log.write(done, rate, mean, apart);
          progress.accept(done, mean);
          sum = 0;
        }
        if (checkpoint != null && (done % plan.checkpointEvery == 0 || done == plan.rate.steps())) {
          graph.weights(done).save(checkpoint);
        }
      }
      return best == null ? graph.weights(plan.rate.steps()) : best.weights(graph);
    }
  }

  private void requireFinite(String name, float loss, long step, double rate) {
    if (!Float.isFinite(loss)) {
      throw new TrainingException(
          "%s: the loss is %s at step %d of %d, learning rate %.3g"
              .formatted(name, loss, step, plan.rate.steps(), rate));
    }
  }

  private double validate(
      TrainingGraph graph, Validation validation, float[] spectra, float[] targets) {
    double sum = 0;
    for (int k = 0; k < validation.number; k++) {
      validation.batches.fill(k, plan.batch, spectra, targets);
      sum += graph.loss(plan.batch, spectra, targets) / validation.number;
    }
    return sum;
  }

  /** The best weights so far, and whether it is worth going on. */
  private static final class Best {
    private final Validation validation;
    private final @Nullable Path file;
    private final @Nullable Path note;
    private @Nullable Weights weights;
    private double loss = Double.MAX_VALUE;
    private long step;

    /**
     * @param start step that the training goes on from; what was found after it is found again
     */
    Best(Validation validation, @Nullable Path directory, String name, long start)
        throws IOException {
      this.validation = validation;
      this.file = directory == null ? null : directory.resolve(name + ".best.weights");
      this.note = directory == null ? null : directory.resolve(name + ".best.txt");
      if (start > 0 && file != null && note != null && Files.exists(note)) {
        Weights known = Weights.load(file);
        if (known.step() <= start) {
          weights = known;
          step = known.step();
          loss = Double.parseDouble(Files.readString(note).strip());
        }
      }
    }

    void offer(long done, double apart, TrainingGraph graph) throws IOException {
      if (apart < loss) {
        loss = apart;
        step = done;
        weights = graph.weights(done);
        if (file != null && note != null) {
          weights.save(file);
          Files.writeString(note, loss + "\n");
        }
      }
    }

    boolean exhausted(long done) {
      return weights != null && done - step >= (long) validation.every * validation.patience;
    }

    Weights weights(TrainingGraph graph) {
      return weights == null ? graph.weights(step) : weights;
    }
  }
}
