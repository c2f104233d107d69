package org.nightglass.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.SharedData;
import org.nightglass.fits.FitsSpectra;
import org.nightglass.fits.SpectrumFiles;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.ObservedSpectrum;

/** Every bundle that is shipped runs, and keeps what its acceptance promises on real spectra. */
class ShippedBundleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static List<Path> bundles() throws IOException {
    Path root = Path.of("bundles");
    if (!Files.isDirectory(root)) {
      return List.of(root);
    }
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files.filter(f -> f.endsWith("card.json")).map(Path::getParent).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldRunAtEveryAllowedBatchSize(Path directory) {
    Assumptions.assumeTrue(Files.isDirectory(directory), "no bundle is shipped yet");
    try (SavedModelEngine engine =
        SavedModelEngine.open(ModelBundle.open(directory), EngineOptions.DEFAULT)) {
      engine.warmUp();
    }
  }

  /** The catalogue's label and redshift are those of the survey's own pipeline. */
  @ParameterizedTest
  @MethodSource("bundles")
  void shouldAcceptRightRedshiftsOnRealSpectra(Path directory) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(directory), "no bundle is shipped yet");
    Map<String, String[]> catalogue = catalogue();
    int right = 0;
    int judged = 0;
    List<String> wrong = new ArrayList<>();
    Map<String, Decision> decisions = decide(directory, SharedData.folder("real/spectra"));
    for (Map.Entry<String, Decision> entry : decisions.entrySet()) {
      String[] truth = catalogue.get(entry.getKey());
      Decision decision = entry.getValue();
      if (truth[7].equals("0") && truth[11].equals("1")) {
        judged++;
        if (decision.label().startsWith(truth[4])) {
          right++;
        }
        Double z = decision.z();
        double dz = z == null ? 0 : (z - Double.parseDouble(truth[6])) / (1 + z);
        if (decision.goodZ() && Math.abs(dz) > 0.01) {
          wrong.add("%s: z = %s, should be %s".formatted(entry.getKey(), z, truth[6]));
        }
      }
    }
    assertThat(judged).isEqualTo(146);
    assertThat(right).as("of %d classes right", judged).isGreaterThan(judged * 2 / 3);
    assertThat(wrong).as("wrong redshifts accepted").hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldAcceptHardlyAnySkyFibre(Path directory) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(directory), "no bundle is shipped yet");
    Map<String, Decision> decisions = decide(directory, SharedData.folder("real/sky"));
    assertThat(decisions).hasSize(85);
    assertThat(decisions.entrySet().stream().filter(e -> e.getValue().goodZ()))
        .as("sky fibres accepted as good; eBOSS's pipeline accepts 4 to 9 %%")
        .hasSizeLessThanOrEqualTo(3);
  }

  private static Map<String, Decision> decide(Path bundle, Path folder) throws IOException {
    Map<String, Decision> decisions = new HashMap<>();
    try (SavedModelEngine engine =
        SavedModelEngine.open(ModelBundle.open(bundle), EngineOptions.DEFAULT)) {
      Preparer preparer = new Preparer(engine.card().grid(), SpectrumLimits.DEFAULT);
      Decider decider = new Decider(engine.card());
      List<PreparedSpectrum> spectra = new ArrayList<>();
      for (Path file : SpectrumFiles.walk(List.of(folder))) {
        try (Stream<ObservedSpectrum> read = FitsSpectra.read(file)) {
          read.forEach(spectrum -> spectra.add(preparer.prepare(spectrum, NOW)));
        }
      }
      List<Inference> inferences = engine.infer(spectra);
      for (int i = 0; i < spectra.size(); i++) {
        decisions.put(
            spectra.get(i).observation().spectrumId(),
            decider.decide(spectra.get(i), inferences.get(i)));
      }
    }
    return decisions;
  }

  private static Map<String, String[]> catalogue() throws IOException {
    Map<String, String[]> catalogue = new HashMap<>();
    for (String line : Files.readAllLines(SharedData.folder("real").resolve("catalog.csv"))) {
      String[] fields = line.split(",", -1);
      catalogue.put(fields[0].replace(".fits.gz", ""), fields);
    }
    return catalogue;
  }
}
