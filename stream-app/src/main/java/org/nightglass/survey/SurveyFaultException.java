package org.nightglass.survey;

/** A simulated survey could not be carried through: what came out is not what went in. */
public final class SurveyFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SurveyFaultException(String message) {
    super(message);
  }
}
