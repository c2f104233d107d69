package org.nightglass.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network: seeded, resumable from its last checkpoint, and stopped at the first loss
 * that is not a number.
 *
 * <p>A checkpoint, {@code NAME.weights}, holds weights and optimiser, so that a training that was
 * stopped goes on to the very same end. {@code NAME.csv} holds a line every {@value #LOG_EVERY}
 * steps: step, learning rate, mean loss since the last line.
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
  record Plan(int batch, LearningRate rate, long seed, int checkpointEvery) {}

  private final Network network;
  private final Objective objective;
  private final Plan plan;

  Trainer(Network network, Objective objective, Plan plan) {
    this.network = network;
    this.objective = objective;
    this.plan = plan;
  }

  /**
   * Trains to the end, from the last checkpoint if there is one.
   *
   * @param batches what to train on
   * @param directory where checkpoint and log lie; null for none
   * @param name of checkpoint and log
   * @param progress told the step and the mean loss, every {@value #LOG_EVERY} steps
   * @return weights after the last step
   * @throws TrainingException if the loss is not finite
   */
  Weights train(
      BatchSource batches, @Nullable Path directory, String name, BiConsumer<Long, Double> progress)
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
      forgetAfter(directory, name, start);
      double sum = 0;
      for (long step = start; step < plan.rate.steps(); step++) {
        batches.fill(step, plan.batch, spectra, targets);
        double rate = plan.rate.at(step);
        float loss = graph.step(step, rate, plan.batch, spectra, targets);
        if (!Float.isFinite(loss)) {
          throw new TrainingException(
              "%s: the loss is %s at step %d of %d, learning rate %.3g"
                  .formatted(name, loss, step, plan.rate.steps(), rate));
        }
        sum += loss;
        if ((step + 1) % LOG_EVERY == 0) {
          double mean = sum / Math.min(LOG_EVERY, step + 1 - start);
          log(directory, name, step + 1, rate, mean);
          progress.accept(step + 1, mean);
          sum = 0;
        }
        if (checkpoint != null
            && ((step + 1) % plan.checkpointEvery == 0 || step + 1 == plan.rate.steps())) {
          graph.weights(step + 1).save(checkpoint);
        }
      }
      return graph.weights(plan.rate.steps());
    }
  }

  /** Takes from the log what a stopped training wrote after its last checkpoint. */
  private static void forgetAfter(@Nullable Path directory, String name, long step)
      throws IOException {
    Path file = directory == null ? null : directory.resolve(name + ".csv");
    if (file == null || !Files.exists(file)) {
      return;
    }
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int comma = line.indexOf(',');
      String first = comma < 0 ? "" : line.substring(0, comma);
      if (first.equals("step") || (first.matches("\\d{1,18}") && Long.parseLong(first) <= step)) {
        kept.add(line);
      }
    }
    Files.write(file, kept);
  }

  private static void log(
      @Nullable Path directory, String name, long step, double rate, double loss)
      throws IOException {
    if (directory == null) {
      return;
    }
    Files.createDirectories(directory);
    Path file = directory.resolve(name + ".csv");
    boolean starts = !Files.exists(file);
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      if (starts) {
        out.write("step,learning_rate,loss\n");
      }
      out.write(String.format(Locale.ROOT, "%d,%.6g,%.6g%n", step, rate, loss));
    }
  }
}
