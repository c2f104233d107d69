package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured on one set of spectra.
 *
 * @param subject what was judged, on what
 * @param all every spectrum but empty sky
 * @param classes one a true class, sky the last
 * @param families one a true family of several classes, over all and by bins of S/N
 * @param bySnr all and each class by bins of S/N; bins without spectra are left out
 * @param confusion null where no classes were predicted
 * @param acceptance purity against completeness, all and by family; empty where there is no
 *     confidence to set a threshold on
 * @param reliability of class probabilities, all and by class; empty where there are none
 * @param appearances how the spectra of each class look; empty where they are not there to be
 *     looked at
 * @param unseen one a kind that was not trained on; empty where none was judged
 * @param cost of the model; null of predictions that somebody published
 * @param misses the spectra that are wrong, accepted ones first, then by |dz|; at most {@value
 *     #MOST_MISSES}
 */
public record Evaluation(
    Subject subject,
    Score all,
    List<Score> classes,
    List<Score> families,
    List<Score> bySnr,
    @Nullable Confusion confusion,
    List<AcceptanceCurve> acceptance,
    List<Reliability> reliability,
    List<Appearances> appearances,
    List<UnseenScore> unseen,
    @Nullable Cost cost,
    List<Miss> misses) {

  private static final int MOST_MISSES = 50;

  /**
   * What was judged.
   *
   * @param model name and version, or what the predictions are called
   * @param source where the spectra come from, for people
   * @param made when, ISO 8601
   * @param version of Nightglass
   * @param read spectra that were to be judged
   * @param scored those that were
   * @param leftOut spectra that the catalogue itself holds for doubtful or repeated
   * @param skipped spectra that could not be used
   * @param reasons why, the first few of them
   */
  public record Subject(
      String model,
      String source,
      String made,
      String version,
      int read,
      int scored,
      int leftOut,
      int skipped,
      List<String> reasons) {}

  /**
   * A spectrum that is wrong.
   *
   * @param id names it
   * @param label true class
   * @param said predicted class
   * @param probability of it
   * @param trueZ true redshift
   * @param z predicted redshift
   * @param zErr its error
   * @param snr S/N
   * @param accepted whether it was accepted all the same
   */
  public record Miss(
      String id,
      String label,
      @Nullable String said,
      @Nullable Double probability,
      @Nullable Double trueZ,
      @Nullable Double z,
      @Nullable Double zErr,
      @Nullable Double snr,
      @Nullable Boolean accepted) {}

  /**
   * Computes every figure but the cost.
   *
   * @see #withCost
   * @param subject what is judged
   * @param spectra one or more
   * @param labels the classes there are
   * @param bins of S/N
   * @throws IllegalArgumentException if there are no spectra
   */
  public static Evaluation of(
      Subject subject, List<Scored> spectra, Labels labels, List<SnrBin> bins) {
    if (spectra.isEmpty()) {
      throw new IllegalArgumentException("there is no spectrum to score: " + subject.source());
    }
    List<Scored> objects = spectra.stream().filter(s -> !s.label().equals(Labels.SKY)).toList();
    List<String> truths = truths(spectra, labels);
    List<Score> classes = new ArrayList<>();
    List<Score> bySnr = new ArrayList<>();
    addBins(Score.ALL, objects, labels, bins, bySnr);
    for (String truth : truths) {
      List<Scored> own = spectra.stream().filter(s -> s.label().equals(truth)).toList();
      classes.add(Score.of(truth, null, own, labels));
      addBins(truth, own, labels, bins, bySnr);
    }
    boolean classified = spectra.stream().anyMatch(s -> s.said() != null);
    return new Evaluation(
        subject,
        Score.of(Score.ALL, null, objects, labels),
        List.copyOf(classes),
        families(objects, labels, bins),
        List.copyOf(bySnr),
        classified ? Confusion.of(truths, spectra, labels) : null,
        acceptance(spectra, labels),
        classified ? reliability(spectra, labels) : List.of(),
        appearances(spectra, truths),
        UnseenScore.of(spectra),
        null,
        misses(spectra, labels));
  }

  /** The same with what the model costs. */
  public Evaluation withCost(@Nullable Cost its) {
    return new Evaluation(
        subject,
        all,
        classes,
        families,
        bySnr,
        confusion,
        acceptance,
        reliability,
        appearances,
        unseen,
        its,
        misses);
  }

  /** A family that is one class stands among the classes already. */
  private static List<Score> families(List<Scored> objects, Labels labels, List<SnrBin> bins) {
    List<Score> scores = new ArrayList<>();
    for (String family :
        objects.stream().map(s -> Labels.family(s.label())).distinct().sorted().toList()) {
      List<Scored> own =
          objects.stream().filter(s -> Labels.family(s.label()).equals(family)).toList();
      if (own.stream().map(Scored::label).distinct().count() > 1) {
        scores.add(Score.of(family, null, own, labels));
        addBins(family, own, labels, bins, scores);
      }
    }
    return List.copyOf(scores);
  }

  private static void addBins(
      String label, List<Scored> own, Labels labels, List<SnrBin> bins, List<Score> to) {
    for (SnrBin bin : bins) {
      List<Scored> in = own.stream().filter(s -> bin.holds(s.snr())).toList();
      if (!in.isEmpty()) {
        to.add(Score.of(label, bin, in, labels));
      }
    }
  }

  /** In the model's order, what it does not know behind them, sky the last. */
  private static List<String> truths(List<Scored> spectra, Labels labels) {
    Set<String> there = new LinkedHashSet<>();
    spectra.stream().map(Scored::label).sorted().forEach(there::add);
    boolean sky = there.remove(Labels.SKY);
    List<String> truths =
        new ArrayList<>(labels.classes().stream().filter(there::contains).toList());
    there.stream().filter(label -> !truths.contains(label)).forEach(truths::add);
    if (sky) {
      truths.add(Labels.SKY);
    }
    return List.copyOf(truths);
  }

  private static List<AcceptanceCurve> acceptance(List<Scored> spectra, Labels labels) {
    List<AcceptanceCurve> curves = new ArrayList<>();
    curves.add(AcceptanceCurve.of(Score.ALL, null, spectra, labels));
    labels.classes().stream()
        .map(Labels::family)
        .distinct()
        .map(family -> AcceptanceCurve.of(family, family, spectra, labels))
        .forEach(curves::add);
    return curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
  }

  private static List<Reliability> reliability(List<Scored> spectra, Labels labels) {
    List<Reliability> curves = new ArrayList<>();
    curves.add(Reliability.ofBest(spectra, labels));
    labels.classes().forEach(c -> curves.add(Reliability.ofClass(c, spectra, labels)));
    return List.copyOf(curves);
  }

  private static List<Appearances> appearances(List<Scored> spectra, List<String> truths) {
    List<Scored> seen = spectra.stream().filter(s -> s.appearance() != null).toList();
    return truths.stream()
        .map(
            truth ->
                Appearances.of(truth, seen.stream().filter(s -> s.label().equals(truth)).toList()))
        .filter(look -> look.spectra() > 0)
        .toList();
  }

  private static List<Miss> misses(List<Scored> spectra, Labels labels) {
    return spectra.stream()
        .filter(s -> isMiss(s, labels))
        .sorted(
            Comparator.<Scored>comparingInt(s -> Objects.equals(s.accepted(), true) ? 0 : 1)
                .thenComparingDouble(s -> -size(s))
                .thenComparing(Scored::id))
        .limit(MOST_MISSES)
        .map(
            s ->
                new Miss(
                    s.id(),
                    s.label(),
                    s.said(),
                    s.probability(),
                    s.trueZ(),
                    s.z(),
                    s.zErr(),
                    s.snr(),
                    s.accepted()))
        .toList();
  }

  private static boolean isMiss(Scored scored, Labels labels) {
    if (scored.label().equals(Labels.SKY)) {
      return Objects.equals(scored.accepted(), true);
    }
    String said = scored.said();
    boolean classWrong = said != null && !labels.right(scored.label(), said);
    boolean zWrong = scored.dz() != null && size(scored) > Labels.limit(scored.label());
    return classWrong || zWrong;
  }

  private static double size(Scored scored) {
    Double dz = scored.dz();
    return dz == null ? 0 : Math.abs(dz);
  }
}
