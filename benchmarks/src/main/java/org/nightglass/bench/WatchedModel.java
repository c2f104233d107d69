package org.nightglass.bench;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nightglass.app.LentModel;
import org.nightglass.infer.Inference;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/** A model that is lent, and the batches that it was given: only those of a full pipe count. */
final class WatchedModel {
  private record Batch(long endedMillis, int spectra) {}

  private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
  private final SpectrumModel model;

  WatchedModel(SpectrumModel model) {
    this.model = model;
  }

  SpectrumModel lent() {
    return new LentModel(model) {
      @Override
      public List<Inference> infer(List<PreparedSpectrum> batch) {
        List<Inference> inferences = super.infer(batch);
        batches.add(new Batch(System.currentTimeMillis(), batch.size()));
        return inferences;
      }
    };
  }

  /** Spectra of a batch that ended within a stretch, on average; 0 if none did. */
  double spectraPerBatch(Stretch stretch) {
    return batches.stream()
        .filter(batch -> stretch.contains(batch.endedMillis()))
        .mapToInt(Batch::spectra)
        .average()
        .orElse(0);
  }
}
