package org.nightglass.simulate;

/** The classes that a source library can draw; their names are the labels of every output. */
public enum SourceClass {
  GALAXY,
  QSO,
  STAR
}
