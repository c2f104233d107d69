package org.nightglass.prepare;

/**
 * How a prepared spectrum becomes the input of a network. Named in the model card; a network must
 * be fed exactly what it was trained on.
 */
public interface Normalisation {

  /** The name that stands in model cards. */
  String name();

  /** Channels per pixel. */
  int channels();

  /**
   * What no value of any spectrum goes beyond, either way.
   *
   * @param pixels of the spectrum
   */
  float limit(int pixels);

  /**
   * Writes a spectrum's input: {@code pixels × channels} values, channel fastest, all finite.
   *
   * @param spectrum what to normalise; not changed
   * @param out where to write
   * @param offset index of the first value
   */
  void write(PreparedSpectrum spectrum, float[] out, int offset);
}
