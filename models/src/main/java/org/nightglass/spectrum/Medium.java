package org.nightglass.spectrum;

/** The medium in which an arm's wavelengths are given. Models always work in vacuum. */
public enum Medium {
  VACUUM,
  AIR
}
