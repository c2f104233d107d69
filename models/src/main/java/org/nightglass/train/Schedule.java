package org.nightglass.train;

/** A learning rate that changes over a training. */
interface Schedule {

  /** Steps of the whole training. */
  long steps();

  /** The rate at a step, counted from 0. */
  double at(long step);
}
