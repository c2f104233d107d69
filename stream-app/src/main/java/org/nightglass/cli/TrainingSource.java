package org.nightglass.cli;

import java.io.PrintWriter;
import org.nightglass.evaluate.LabelledSpectrum;
import org.nightglass.evaluate.SpectrumSource;
import org.nightglass.train.ObservedSource;

/**
 * Spectra that an evaluation could judge by, to train on.
 *
 * @param source where they come from
 * @param err told what cannot be used
 */
record TrainingSource(SpectrumSource source, PrintWriter err) implements ObservedSource {

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public void read(Reader reader) {
    source.read(
        new SpectrumSource.Reader() {
          @Override
          public void spectrum(LabelledSpectrum labelled) {
            Double z = labelled.z();
            if (z != null) {
              reader.spectrum(labelled.spectrum(), labelled.objectClass(), labelled.subclass(), z);
            }
          }

          @Override
          public void skipped(String why) {
            err.println("skipped: " + why);
            err.flush();
          }
        });
  }
}
