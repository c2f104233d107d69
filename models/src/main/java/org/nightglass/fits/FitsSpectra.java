package org.nightglass.fits;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Reads spectra from FITS files, plain or gzipped: SDSS and BOSS {@code spec-*.fits} ({@link
 * SdssSpectrum}) and DESI coadds ({@link DesiCoadd}). Which it is, is told by what a file holds.
 */
public final class FitsSpectra {
  private FitsSpectra() {}

  /**
   * Opens a file of spectra.
   *
   * @param file plain or gzipped, told by its content and not by its name
   * @return the spectra, each read when it is asked for; close the stream
   * @throws UnreadableFileException if the file is broken or of another kind, here or while the
   *     stream is read
   */
  public static Stream<ObservedSpectrum> read(Path file) {
    FitsFile fits = FitsFile.open(file);
    try {
      Iterator<ObservedSpectrum> spectra = spectra(fits);
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  spectra, Spliterator.ORDERED | Spliterator.NONNULL),
              false)
          .onClose(fits::close);
    } catch (RuntimeException e) {
      fits.close();
      throw e;
    }
  }

  private static Iterator<ObservedSpectrum> spectra(FitsFile file) {
    if (DesiCoadd.isOne(file)) {
      return new DesiCoadd(file);
    }
    @Nullable FitsTable pixels = file.table(1);
    if (pixels != null && SdssSpectrum.isOne(pixels)) {
      return List.of(SdssSpectrum.read(file, pixels)).iterator();
    }
    throw file.unreadable(
        "is neither an SDSS spectrum (HDU 1 with columns FLUX, LOGLAM, IVAR) nor a DESI coadd"
            + " (FIBERMAP, B_WAVELENGTH, B_FLUX, …); its HDUs are "
            + file.names(),
        null);
  }
}
