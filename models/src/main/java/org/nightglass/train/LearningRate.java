package org.nightglass.train;

/**
 * A learning rate that rises linearly over a warm-up and falls as a cosine.
 *
 * @param peak its greatest value; 4e-3 suits the networks of this package
 * @param warmUp steps until then
 * @param steps steps of the whole training
 * @param end share of the peak that is left at the end
 */
record LearningRate(double peak, long warmUp, long steps, double end) implements Schedule {

  @Override
  public double at(long step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double done = Math.min(1, (double) (step - warmUp) / Math.max(1, steps - warmUp));
    return peak * (end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
