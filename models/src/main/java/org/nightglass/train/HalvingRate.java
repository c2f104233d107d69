package org.nightglass.train;

/**
 * A learning rate that halves at regular steps, as GaSNet-II's does every five epochs.
 *
 * @param first its value at the beginning; 1e-3 in the paper
 * @param every steps after which it halves
 * @param steps steps of the whole training
 */
record HalvingRate(double first, long every, long steps) implements Schedule {
  @Override
  public double at(long step) {
    return first * Math.pow(0.5, Math.floorDiv(step, every));
  }
}
