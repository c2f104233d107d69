package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, the JSON and the terminal's table. */
class ReportTest {
  @TempDir Path folder;

  /** Two hundred spectra with some of every class and every kind of mistake, seeded. */
  private static List<Scored> spectra() {
    SplittableRandom random = new SplittableRandom(3);
    List<Scored> spectra = new ArrayList<>();
    String[] labels = {"GALAXY", "QSO", "STAR", Labels.SKY};
    for (int i = 0; i < 200; i++) {
      String label = labels[random.nextInt(4)];
      double qso = random.nextDouble();
      double z = random.nextDouble(0, 3);
      double error = random.nextDouble(0.001, 0.1);
      spectra.add(
          new Scored(
              "<spectrum & '" + i + "'>",
              label,
              label.equals(Labels.SKY) ? null : z,
              random.nextDouble(0.1, 30),
              Examples.probabilities(1 - qso, qso, 0),
              z + error * random.nextDouble(-3, 3),
              error,
              random.nextDouble(),
              random.nextBoolean()));
    }
    return spectra;
  }

  private static Evaluation evaluation(List<Scored> spectra) {
    return Evaluation.of(
        Examples.subject(spectra.size()),
        spectra,
        Examples.THREE,
        SnrBin.between(List.of(1.0, 2.0, 5.0, 10.0, 20.0)));
  }

  @Test
  void shouldWriteAPageThatNeedsNothingElse() throws IOException {
    List<Scored> spectra = spectra();
    Path file = EvaluationHtml.write(evaluation(spectra), spectra, folder);
    String page = Files.readString(file);
    assertThat(page)
        .doesNotContain("http", "src=", "<link", "<script", "NaN", "Infinity", "null")
        .doesNotContain("<spectrum")
        .contains("&lt;spectrum &amp; &#39;", "<!doctype html>");
  }

  @Test
  void shouldTellEveryPlotInWords() {
    List<Scored> spectra = spectra();
    String page = EvaluationHtml.page(evaluation(spectra), spectra);
    Matcher plot =
        Pattern.compile(
                "<svg [^>]*role=\"img\" aria-labelledby=\"(\\S+)-t (\\S+)-d\">"
                    + "<title id=\"\\1-t\">[^<]+</title><desc id=\"\\2-d\">[^<]{20,}</desc>")
            .matcher(page);
    List<String> ids = new ArrayList<>();
    while (plot.find()) {
      ids.add(plot.group(1));
    }
    assertThat(ids)
        .containsExactly(
            "zz", "right", "pulls", "coverage", "acceptance", "accepted", "classes", "reliability");
    assertThat(page.split("<svg", -1)).hasSize(ids.size() + 1);
  }

  @Test
  void shouldWriteEveryNumberAndNoneThatIsNone() throws IOException {
    List<Scored> spectra = spectra();
    Evaluation evaluation = evaluation(spectra);
    String text = Files.readString(EvaluationJson.write(evaluation, folder));
    assertThat(text).doesNotContain("NaN", "Infinity");
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.at("/all/redshift/nmad").doubleValue())
        .isEqualTo(evaluation.all().redshift().nmad());
    assertThat(json.at("/classes/3/label").asText()).isEqualTo("SKY");
    assertThat(json.at("/classes/3/redshift/nmad").isNull()).isTrue();
    assertThat(json.at("/classes/0/redshift/outliers/0/limit").doubleValue()).isEqualTo(0.003);
    assertThat(json.at("/classes/0/redshift/within1Sigma/low").isDouble()).isTrue();
    assertThat(json.at("/confusion/counts/0").size()).isEqualTo(3);
    assertThat(json.at("/acceptance/0/points/0/purity/value").isDouble()).isTrue();
    assertThat(json.at("/reliability/0/bins").size()).isEqualTo(10);
  }

  @Test
  void shouldWriteAPageOfASingleSpectrum() {
    for (Scored one : spectra().subList(0, 12)) {
      String page = EvaluationHtml.page(evaluation(List.of(one)), List.of(one));
      assertThat(page).as(one.toString()).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void shouldShowATableOnTheTerminal() {
    List<String> lines = EvaluationText.lines(evaluation(spectra()));
    assertThat(lines.get(0)).isEqualTo("tiny/1 on a test");
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("GALAXY  "));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("all  "));
    assertThat(lines.get(lines.size() - 1)).startsWith("galaxy, quasar or star right: ");
  }

  @Test
  void shouldPlaceTicksAtRoundNumbers() {
    assertThat(Axis.linear("x", 0, 100).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0", "20", "40", "60", "80", "100");
    assertThat(Axis.linear("x", -0.1, 0.45).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("-0.1", "0.0", "0.1", "0.2", "0.3", "0.4");
    Axis z = Axis.redshift("z", 0, 3);
    assertThat(z.share(1)).isEqualTo(0.5);
    assertThat(z.share(9)).isEqualTo(1);
  }
}
