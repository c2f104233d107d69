package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.prepare.ModelGrid;

/** Bundles of plain files: that they are read and verified does not depend on TensorFlow. */
class ModelBundleTest {
  private static final Map<String, String> FILES =
      Map.of("c/saved_model.pb", "one", "r/saved_model.pb", "two", "r/variables/index", "three");

  @TempDir Path root;
  private Path directory;

  @BeforeEach
  void write() throws IOException {
    directory = bundle("small", "1");
  }

  @Test
  void shouldOpenABundleThatIsWhatItsCardSays() {
    ModelBundle bundle = ModelBundle.open(directory);
    assertThat(bundle.directory()).isEqualTo(directory);
    assertThat(bundle.card().classifier().classes()).containsExactly("GALAXY", "STAR");
    assertThat(bundle.card().redshifts().get(0).calibration())
        .isEqualTo(new ErrorCalibration(0.1, 0.9, -0.2));
    assertThat(bundle.card().sha256())
        .containsOnlyKeys(FILES.keySet())
        .containsEntry(
            "c/saved_model.pb", "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  }

  @Test
  void shouldRefuseAFileWhoseChecksumDiffersAndNameBothHashes() throws IOException {
    Files.writeString(directory.resolve("c/saved_model.pb"), "One");
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("c/saved_model.pb has SHA-256 ")
        .hasMessageContaining(
            "the card says 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  }

  @Test
  void shouldNameEveryFileThatIsMissingOrTooMany() throws IOException {
    Files.delete(directory.resolve("r/variables/index"));
    Files.writeString(directory.resolve("r/notes.txt"), "hello");
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("r/variables/index is missing; the card has SHA-256 ")
        .hasMessageContaining("r/notes.txt (SHA-256 ")
        .hasMessageContaining("is not in the card");
  }

  @Test
  void shouldRefuseALinkInPlaceOfAFile() throws IOException {
    Path file = directory.resolve("r/saved_model.pb");
    Files.move(file, root.resolve("elsewhere"));
    Files.createSymbolicLink(file, root.resolve("elsewhere"));
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("r/saved_model.pb is a link");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" | \"verzion\" | card.json: no card has the field verzion; known there are",
        "\"temperature\" : 1.0 | \"temperature\" : null | field classifier.temperature: Cannot map `null` into type `double`",
        "\"pixels\" : 3600 | \"pixels\" : \"many\" | field grid.pixels: Cannot deserialize value of type `int`",
        "\"DISTRIBUTION\" | \"HISTOGRAM\" | field redshifts.[0].kind: Cannot",
        "{ | [ | Cannot deserialize",
        "{ | {{ | line 1: Unexpected character",
      })
  void shouldSayWhatIsWrongWithACardAndWhere(String right, String wrong, String message)
      throws IOException {
    Path card = directory.resolve(ModelCards.FILE);
    String text = Files.readString(card);
    assertThat(text).contains(right);
    Files.writeString(card, text.replaceFirst(java.util.regex.Pattern.quote(right), wrong));
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(card.toString())
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayThatThereIsNoCard() throws IOException {
    Files.delete(directory.resolve(ModelCards.FILE));
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("card.json cannot be read: java.nio.file.NoSuchFileException");
    Files.writeString(directory.resolve(ModelCards.FILE), "null");
    assertThatThrownBy(() -> ModelBundle.open(directory)).hasMessageContaining("holds no card");
  }

  @Test
  void shouldListEveryFaultOfACardAtOnce() throws IOException {
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("nmad", Double.POSITIVE_INFINITY);
    Network bad = new Network("../away", "", "s", "x", "y", "zscore");
    ModelCard card =
        new ModelCard(
            "a name",
            null,
            "text",
            new ModelGrid(Double.NaN, 0, -1),
            List.of(8, 4),
            new Classifier(bad, List.of("GALAXY", "GALAXY", "star"), 0),
            List.of(
                new Redshift(
                    List.of("QSO"),
                    network("r"),
                    RedshiftKind.DISTRIBUTION,
                    0,
                    Double.NaN,
                    null,
                    5,
                    10.0,
                    new ErrorCalibration(1e9, 0, 0)),
                new Redshift(
                    List.of("QSO"),
                    network("nowhere"),
                    RedshiftKind.POINTS,
                    1,
                    null,
                    1.0,
                    null,
                    null,
                    null,
                    new Acceptance(0.5, 7, 0.003, 1, 0.5))),
            new Acceptance(1.5, -1, Double.NaN, Double.NaN, 2),
            Map.of(),
            metrics,
            Map.of("r/saved_model.pb", "abc", "/etc/passwd", "0".repeat(64)));
    List<String> faults = CardFaults.of(card);
    assertThat(faults)
        .anyMatch(f -> f.startsWith("name is 'a name'"))
        .contains("version is missing")
        .contains("grid.log10Start is NaN; it must be finite")
        .contains("grid.log10Step is 0.0, which is out of range")
        .contains("grid.pixels is -1, which is out of range")
        .contains("batchSizes is [8, 4]; it must hold rising numbers from 1 to 65536")
        .contains("classifier.network.path is '../away'; it must stay in the bundle")
        .contains("classifier.network.tag is empty")
        .anyMatch(f -> f.startsWith("classifier.network.normalisation: no normalisation named"))
        .anyMatch(f -> f.startsWith("classifier.classes is [GALAXY, GALAXY, star]"))
        .anyMatch(f -> f.startsWith("classifier.classes is 'star'"))
        .contains("classifier.temperature is 0.0, which is out of range")
        .contains("redshifts[0].classes names QSO, which the classifier lacks")
        .contains("redshifts[0].members is 0, which is out of range")
        .contains("redshifts[0].binStart is NaN; it must be above -Infinity and finite")
        .contains("redshifts[0].binStep is missing")
        .contains("redshifts[0].bins is 5; it must be above 12.0 and finite")
        .contains("redshifts[0].pointScale is 10.0; it does not belong to this kind")
        .contains("redshifts[0].calibration.w0 is 1.0E9; it must lie within ±100.0")
        .contains("redshifts[1].classes names QSO, which has a redshift already")
        .contains("redshifts[1].binStep is 1.0; it does not belong to this kind")
        .contains("redshifts[1].pointScale is missing")
        .contains("redshifts[1].network.path: sha256 lists no nowhere/saved_model.pb")
        .contains("redshifts[1].acceptance.minPeakProbability is 7.0; it must lie in 0 to 1")
        .contains("acceptance.minClassProbability is 1.5; it must lie in 0 to 1")
        .contains("acceptance.minPeakProbability is -1.0; it must lie in 0 to 1")
        .contains("acceptance.minCoverage is 2.0; it must lie in 0 to 1")
        .contains("acceptance.minSnr is NaN; it must be finite")
        .contains("acceptance.maxMemberSpread is NaN, which is out of range")
        .contains("metrics.nmad is Infinity, which is out of range")
        .anyMatch(f -> f.startsWith("sha256.r/saved_model.pb is 'abc'"))
        .contains("sha256 names '/etc/passwd', which is not in the bundle");
    assertThatThrownBy(() -> ModelCards.write(card, directory.resolve(ModelCards.FILE)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has " + faults.size() + " faults");
  }

  @Test
  void shouldNameEveryFieldThatIsMissing() throws IOException {
    Files.writeString(directory.resolve(ModelCards.FILE), "{}");
    assertThatThrownBy(() -> ModelBundle.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "name is missing",
            "version is missing",
            "description is missing",
            "grid is missing",
            "batchSizes is missing",
            "classifier is missing",
            "redshifts is missing",
            "acceptance is missing",
            "provenance is missing",
            "metrics is missing",
            "sha256 is missing");
  }

  @Test
  void shouldFindABundleByNameNameAndVersionOrFolder() throws IOException {
    bundle("small", "2");
    bundle("small", "10");
    bundle("other", "1.9");
    bundle("other", "1.10-beta");
    List<Path> roots = List.of(root.resolve("nowhere"), root);
    assertThat(ModelBundles.find("small", roots).card().version()).isEqualTo("10");
    assertThat(ModelBundles.find("small/2", roots).card().version()).isEqualTo("2");
    assertThat(ModelBundles.find("other", roots).card().version()).isEqualTo("1.10-beta");
    assertThat(ModelBundles.find(directory.toString(), List.of()).card().version()).isEqualTo("1");
    assertThatThrownBy(() -> ModelBundles.find("big/3", roots))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no bundle 'big/3'")
        .hasMessageContaining("none in " + root.resolve("nowhere"))
        .hasMessageContaining("other/1.10-beta, other/1.9, small/1, small/10, small/2 in " + root);
  }

  @Test
  void shouldRefuseABundleThatLiesUnderAnotherName() throws IOException {
    Files.createDirectories(root.resolve("alias"));
    Files.move(directory, root.resolve("alias/1"));
    assertThatThrownBy(() -> ModelBundles.find("alias", List.of(root)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("says it is small/1");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "9, 10", "1.1, 1.2", "1.9, 1.10", "1, 1.1", "1.beta, 1.0", "a, b"})
  void shouldCompareVersionsPartByPart(String older, String newer) {
    assertThat(ModelBundles.compareVersions(older, newer)).isNegative();
    assertThat(ModelBundles.compareVersions(newer, older)).isPositive();
    assertThat(ModelBundles.compareVersions(newer, newer)).isZero();
  }

  private Path bundle(String name, String version) throws IOException {
    Path bundle = root.resolve(name).resolve(version);
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = bundle.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    ModelCards.write(
        new ModelCard(
            name,
            version,
            "text",
            ModelGrid.SDSS_3600,
            List.of(1, 64),
            new Classifier(network("c"), List.of("GALAXY", "STAR"), 1),
            List.of(
                new Redshift(
                    List.of("GALAXY"),
                    network("r"),
                    RedshiftKind.DISTRIBUTION,
                    3,
                    0.0,
                    4e-4,
                    896,
                    null,
                    new ErrorCalibration(0.1, 0.9, -0.2))),
            new Acceptance(0.5, 0.8, 0.003, 1, 0.5),
            Map.of("seed", "1"),
            Map.of("nmad", 1e-4),
            ModelBundle.checksums(bundle)),
        bundle.resolve(ModelCards.FILE));
    return bundle;
  }

  private static Network network(String path) {
    return new Network(path, "serve", "serving_default", "x", "y", "contrast2");
  }
}
