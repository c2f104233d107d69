package org.nightglass.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.fits.FitsSpectra;
import org.nightglass.fits.SpectrumFiles;
import org.nightglass.fits.UnreadableFileException;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.simulate.NightSurvey;
import org.nightglass.simulate.SimulatedSpectrum;
import org.nightglass.simulate.Truth;
import org.nightglass.spectrum.ObservedSpectrum;

/** Where a run's spectra come from: a simulated night, or files. */
public interface SpectrumSource {

  /** A spectrum, and what it is where that is known. */
  record Item(ObservedSpectrum spectrum, @Nullable Truth truth) {}

  /** Spectra that there will be; an estimate for files with more than one each. */
  int size();

  /**
   * Gives every spectrum, in order.
   *
   * @param each takes them
   * @param broken takes what could not be read; the others go on
   */
  void forEach(Consumer<Item> each, Consumer<UnreadableFileException> broken);

  /**
   * A simulated night.
   *
   * @param count number of spectra
   * @param seed same seed, same spectra
   * @param night YYYYMMDD
   */
  static SpectrumSource simulated(int count, long seed, String night) {
    return simulated(count, seed, night, NightSurvey.SDSS);
  }

  /**
   * A simulated night of a survey.
   *
   * @param count number of spectra
   * @param seed same seed, same spectra
   * @param night YYYYMMDD
   * @param survey whose night it is
   */
  static SpectrumSource simulated(int count, long seed, String night, NightSurvey survey) {
    int fibresPerField = Math.max(50, Math.min(1000, count / 4));
    NightSimulator simulator = new NightSimulator(seed, survey, night, fibresPerField);
    return new SpectrumSource() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public void forEach(Consumer<Item> each, Consumer<UnreadableFileException> broken) {
        for (int i = 0; i < count; i++) {
          SimulatedSpectrum simulated = simulator.spectrum(i);
          each.accept(new Item(simulated.spectrum(), simulated.truth()));
        }
      }
    };
  }

  /** FITS files; directories are walked. */
  static SpectrumSource files(List<Path> paths) {
    List<Path> files;
    try {
      files = SpectrumFiles.walk(paths);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return new SpectrumSource() {
      @Override
      public int size() {
        return files.size();
      }

      @Override
      public void forEach(Consumer<Item> each, Consumer<UnreadableFileException> broken) {
        for (Path file : files) {
          try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
            spectra.forEach(spectrum -> each.accept(new Item(spectrum, null)));
          } catch (UnreadableFileException e) {
            broken.accept(e);
          }
        }
      }
    };
  }
}
