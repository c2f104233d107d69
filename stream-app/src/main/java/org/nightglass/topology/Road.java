package org.nightglass.topology;

/**
 * The way of spectra, plans and people's words into the account, whatever lies on it: topics, the
 * model, other instances.
 *
 * <p>Safe for use by several threads.
 */
public interface Road {

  /** All that was on the road at one moment. */
  interface Mark {
    /** Whether all of it has been counted; once true, always true. Answers at once. */
    boolean counted();
  }

  /** Marks what is on the road now. Answers at once. */
  Mark mark();
}
