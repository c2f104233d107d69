package org.nightglass.survey;

/** When the scheduler learns what became of its exposures. */
public enum FeedbackMode {
  /**
   * Never: it knows which exposures were taken, and plans as if each had been taken in a clear
   * night.
   */
  NONE,
  /** At the end of each night, for the next one. */
  MORNING,
  /** After every exposure, for the next one. */
  LIVE
}
