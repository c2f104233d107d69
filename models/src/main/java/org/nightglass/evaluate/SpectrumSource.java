package org.nightglass.evaluate;

/** Spectra whose class and redshift are known. */
public interface SpectrumSource {

  /** Where they come from, for people. */
  String description();

  /** How many there are to be read. */
  int size();

  /** Spectra that are not to be read because the source itself holds them for doubtful. */
  default int leftOut() {
    return 0;
  }

  /** Reads every spectrum; exactly one call to the reader for each of {@link #size()}. */
  void read(Reader reader);

  /** Takes what is read. */
  interface Reader {
    void spectrum(LabelledSpectrum spectrum);

    /**
     * @param why it cannot be used, with the file's name
     */
    void skipped(String why);
  }
}
