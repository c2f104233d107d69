package org.nightglass.bench;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nightglass.infer.Inference;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * Which of its networks a model asks about which spectra, by the model's own count: where it asks a
 * network about some of several spectra, halves of them are looked at.
 */
final class Asked {
  private final SpectrumModel model;
  private final List<PreparedSpectrum> spectra;
  private final boolean[][] asked;

  private Asked(SpectrumModel model, List<PreparedSpectrum> spectra) {
    this.model = model;
    this.spectra = spectra;
    this.asked = new boolean[model.statistics().asked().size()][spectra.size()];
  }

  /** Asks the model about all spectra. */
  static Asked of(SpectrumModel model, List<PreparedSpectrum> spectra) {
    Asked asked = new Asked(model, spectra);
    List<Integer> all = IntStream.range(0, spectra.size()).boxed().toList();
    for (int from = 0; from < all.size(); from += Contender.BATCH) {
      asked.find(all.subList(from, Math.min(all.size(), from + Contender.BATCH)));
    }
    return asked;
  }

  /** Whether a network is asked about a spectrum; 0 is the classifier. */
  boolean is(int network, int spectrum) {
    return asked[network][spectrum];
  }

  private void find(List<Integer> some) {
    List<Long> before = model.statistics().asked();
    List<Inference> answers = model.infer(some.stream().map(spectra::get).toList());
    List<Long> after = model.statistics().asked();
    boolean mixed = false;
    for (int network = 0; network < asked.length; network++) {
      long rows = after.get(network) - before.get(network);
      mixed |= rows != 0 && rows != some.size();
      for (int spectrum : some) {
        asked[network][spectrum] = rows > 0;
      }
    }
    if (mixed) {
      // Spectra of a class are mostly asked about alike.
      List<Integer> sorted =
          IntStream.range(0, some.size())
              .boxed()
              .sorted(Comparator.comparing(i -> answers.get(i).best()))
              .map(some::get)
              .toList();
      int half = sorted.size() / 2;
      find(sorted.subList(0, half));
      find(sorted.subList(half, sorted.size()));
    }
  }
}
