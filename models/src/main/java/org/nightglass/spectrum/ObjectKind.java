package org.nightglass.spectrum;

/** What a fibre was put on. Sky and standard fibres are never counted as targets. */
public enum ObjectKind {
  TARGET,
  SKY,
  STANDARD
}
