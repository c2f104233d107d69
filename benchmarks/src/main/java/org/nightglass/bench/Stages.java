package org.nightglass.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.InFlight;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.schemas.serde.AvroDeserializer;

/** The stages by themselves, each with what it needs at hand, by the application's own classes. */
final class Stages {
  private static final int PIECE = 64;

  /** What stages give, summed up, so that no compiler leaves the work out. */
  private final LongAdder sink = new LongAdder();

  private final Crew crew;

  Stages(Crew crew) {
    this.crew = crew;
  }

  /** Records' bytes to spectra. */
  Measurement decode(NightglassConfig config, List<byte[]> events, int passes)
      throws InterruptedException {
    AvroDeserializer<Spectrum> deserializer = new AvroDeserializer<>(Spectrum.class);
    deserializer.configure(config.serdes(), false);
    SpectrumReader reader = new SpectrumReader(deserializer);
    Instant now = Clock.systemUTC().instant();
    return each(
        events.size(),
        passes,
        i -> {
          Arrival arrival =
              new Arrival(config.topics().spectra(), 0, i, now, now, null, events.get(i));
          sink.add(reader.read(new InFlight<>(arrival, arrival)).arms().size());
        });
  }

  /** Spectra to rows on the model's grid, checked and with their S/N measured. */
  Measurement prepare(SampleNight night, Preparer preparer, int passes)
      throws InterruptedException {
    Instant now = Instant.now();
    return each(
        night.spectra().size(),
        passes,
        i -> sink.add((long) preparer.prepare(night.spectra().get(i), now).snr()));
  }

  /** Rows to what the classifier wants. */
  Measurement normalise(List<PreparedSpectrum> spectra, String normalisation, int passes)
      throws InterruptedException {
    Normalisation by = Normalisations.byName(normalisation);
    int width = spectra.get(0).flux().length * by.channels();
    ThreadLocal<float[]> out = ThreadLocal.withInitial(() -> new float[width]);
    return each(
        spectra.size(),
        passes,
        i -> {
          by.write(spectra.get(i), out.get(), 0);
          sink.add((long) out.get()[0]);
        });
  }

  /** The engine on full batches: normalisation, padding, TensorFlow, redshifts decoded. */
  Measurement infer(List<PreparedSpectrum> spectra, SpectrumModel model, int batchSize, int passes)
      throws InterruptedException {
    List<List<PreparedSpectrum>> batches = new ArrayList<>();
    for (int from = 0; from + batchSize <= spectra.size(); from += batchSize) {
      batches.add(spectra.subList(from, from + batchSize));
    }
    return crew.measure(
        passes * batches.size(),
        (long) passes * batches.size() * batchSize,
        i -> sink.add(model.infer(batches.get(i % batches.size())).size()));
  }

  private Measurement each(int count, int passes, java.util.function.IntConsumer one)
      throws InterruptedException {
    int pieces = (count + PIECE - 1) / PIECE;
    return crew.measure(
        passes * pieces,
        (long) passes * count,
        piece -> {
          int from = piece % pieces * PIECE;
          for (int i = from; i < Math.min(count, from + PIECE); i++) {
            one.accept(i);
          }
        });
  }

  static Preparer preparer(SpectrumModel model) {
    return new Preparer(model.card().grid(), SpectrumLimits.DEFAULT);
  }

  /** The bundles that come with the application. */
  static Path bundles() {
    String home = System.getProperty("nightglass.home");
    if (home == null) {
      throw new IllegalStateException("start with ./nightglass bench: nightglass.home is not set");
    }
    return Path.of(home, "bundles");
  }
}
