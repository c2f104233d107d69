package org.nightglass.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import org.nightglass.evaluate.Catalogue.Row;
import org.nightglass.fits.UnreadableFileException;

/** Observed spectra in a folder of FITS files, with a catalogue of what they are. */
public final class CatalogueSource implements SpectrumSource {
  private final Path folder;
  private final Catalogue catalogue;

  /**
   * @param folder that the catalogue's file names are relative to
   * @param catalogue of one or more of its files
   * @throws CatalogueException if there is no such folder, or none of the catalogue's files in it
   */
  public CatalogueSource(Path folder, Catalogue catalogue) {
    if (!Files.isDirectory(folder)) {
      throw new CatalogueException("no folder of spectra " + folder);
    }
    if (catalogue.rows().stream().noneMatch(row -> Files.exists(folder.resolve(row.file())))) {
      throw new CatalogueException(
          "none of the %d files that %s lists is in %s; the first is %s"
              .formatted(
                  catalogue.rows().size(),
                  catalogue.path(),
                  folder,
                  catalogue.rows().get(0).file()));
    }
    this.folder = folder;
    this.catalogue = catalogue;
  }

  @Override
  public String description() {
    return "spectra in %s, catalogue %s".formatted(folder, catalogue.path());
  }

  @Override
  public int size() {
    return catalogue.rows().size();
  }

  @Override
  public int leftOut() {
    return catalogue.leftOut();
  }

  @Override
  public void read(Reader reader) {
    for (Row row : catalogue.rows()) {
      Path file = folder.resolve(row.file());
      if (!Files.exists(file)) {
        reader.skipped("%s: is in %s, but not there".formatted(file, catalogue.path()));
        continue;
      }
      try {
        reader.spectrum(
            new LabelledSpectrum(
                row.file(), FitsFiles.only(file), row.objectClass(), row.subclass(), row.z()));
      } catch (UnreadableFileException e) {
        reader.skipped(String.valueOf(e.getMessage()));
      }
    }
  }
}
