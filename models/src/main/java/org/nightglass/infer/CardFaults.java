package org.nightglass.infer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisations;

/** Checks a card as a whole and lists every fault. A card read from JSON may lack any field. */
final class CardFaults {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern LABEL = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_PIXELS = 1 << 20;
  private static final double MAX_WEIGHT = 100;
  private static final int MAX_BATCH = 1 << 16;
  private static final double MAX_SHARPNESS = 10;

  private final List<String> faults = new ArrayList<>();

  private CardFaults() {}

  /** What is wrong with a card, each fault beginning with the field; empty if nothing is. */
  static List<String> of(ModelCard card) {
    CardFaults check = new CardFaults();
    check.pattern("name", card.name(), NAME);
    check.pattern("version", card.version(), NAME);
    check.present("description", card.description());
    check.grid(card.grid());
    check.batchSizes(card.batchSizes());
    check.classifier(card.classifier(), card.sha256());
    check.redshifts(card);
    check.secondOpinion(card);
    if (card.acceptance() == null) {
      check.missing("acceptance");
    } else {
      check.acceptance("acceptance", card.acceptance());
    }
    check.maps(card);
    return check.faults;
  }

  private void grid(@Nullable ModelGrid grid) {
    if (grid == null) {
      missing("grid");
      return;
    }
    finite("grid.log10Start", grid.log10Start());
    require(grid.log10Step() > 0 && grid.log10Step() < 1, "grid.log10Step", grid.log10Step());
    require(grid.pixels() > 0 && grid.pixels() <= MAX_PIXELS, "grid.pixels", grid.pixels());
  }

  private void batchSizes(@Nullable List<Integer> sizes) {
    if (sizes == null) {
      missing("batchSizes");
      return;
    }
    int before = 0;
    boolean rising = !sizes.isEmpty();
    for (Integer size : sizes) {
      rising = rising && size != null && size > before && size <= MAX_BATCH;
      before = size == null ? before : size;
    }
    if (!rising) {
      faults.add(
          "batchSizes is %s; it must hold rising numbers from 1 to %d".formatted(sizes, MAX_BATCH));
    }
  }

  private void classifier(@Nullable Classifier classifier, @Nullable Map<String, String> files) {
    if (classifier == null) {
      missing("classifier");
      return;
    }
    network("classifier.network", classifier.network(), files);
    require(
        Double.isFinite(classifier.temperature()) && classifier.temperature() > 0,
        "classifier.temperature",
        classifier.temperature());
    labels("classifier.classes", classifier.classes());
    if (classifier.outlierLimit() != null) {
      share("classifier.outlierLimit", classifier.outlierLimit());
    }
  }

  private void redshifts(ModelCard card) {
    if (!present("redshifts", card.redshifts())) {
      return;
    }
    Set<String> known =
        card.classifier() == null || card.classifier().classes() == null
            ? Set.of()
            : new HashSet<>(card.classifier().classes());
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < card.redshifts().size(); i++) {
      String field = "redshifts[%d]".formatted(i);
      Redshift redshift = card.redshifts().get(i);
      if (present(field, redshift)) {
        redshift(field, redshift, card.sha256());
        for (String label : Objects.requireNonNullElse(redshift.classes(), List.<String>of())) {
          if (!known.contains(label)) {
            faults.add("%s.classes names %s, which the classifier lacks".formatted(field, label));
          }
          if (!taken.add(label)) {
            faults.add("%s.classes names %s, which has a redshift already".formatted(field, label));
          }
        }
      }
    }
  }

  private void secondOpinion(ModelCard card) {
    if (card.classifier() == null || card.classifier().secondOpinion() == null) {
      return;
    }
    SecondOpinion opinion = card.classifier().secondOpinion();
    String field = "classifier.secondOpinion";
    share(field + ".minProbability", opinion.minProbability());
    share(field + ".minPeak", opinion.minPeak());
    if (opinion.minShare() != null) {
      share(field + ".minShare", opinion.minShare());
    }
    weight(field + ".classWeight", opinion.classWeight());
    List<Redshift> redshifts = Objects.requireNonNullElse(card.redshifts(), List.<Redshift>of());
    weights(field + ".peakWeights", opinion.peakWeights(), redshifts.size());
    weights(field + ".offsets", opinion.offsets(), redshifts.size());
    Set<String> without =
        new TreeSet<>(Objects.requireNonNullElse(card.classifier().classes(), List.<String>of()));
    for (Redshift redshift : redshifts) {
      if (redshift != null && redshift.kind() == RedshiftKind.DISTRIBUTION) {
        Objects.requireNonNullElse(redshift.classes(), List.<String>of()).forEach(without::remove);
      }
    }
    if (!without.isEmpty()) {
      faults.add(
          "%s needs a redshift ensemble of distributions for every class; %s have none"
              .formatted(field, without));
    }
  }

  private void weights(String field, @Nullable List<Double> values, int wanted) {
    if (values == null || values.size() != wanted || values.stream().anyMatch(Objects::isNull)) {
      faults.add("%s is %s; it must hold %d numbers".formatted(field, values, wanted));
      return;
    }
    values.forEach(value -> weight(field, value));
  }

  private void redshift(String field, Redshift redshift, @Nullable Map<String, String> files) {
    labels(field + ".classes", redshift.classes());
    network(field + ".network", redshift.network(), files);
    require(redshift.members() >= 1, field + ".members", redshift.members());
    if (present(field + ".kind", redshift.kind())) {
      boolean points = redshift.kind() == RedshiftKind.POINTS;
      belongs(!points, field + ".binStart", redshift.binStart(), Double.NEGATIVE_INFINITY);
      belongs(!points, field + ".binStep", redshift.binStep(), 0);
      belongs(!points, field + ".bins", redshift.bins(), 2 * Peaks.HALF_WIDTH);
      belongs(points, field + ".pointScale", redshift.pointScale(), 0);
    }
    ErrorCalibration calibration = redshift.calibration();
    if (calibration != null) {
      weight(field + ".calibration.w0", calibration.w0());
      weight(field + ".calibration.w1", calibration.w1());
      weight(field + ".calibration.w2", calibration.w2());
      if (calibration.floor() != null) {
        share(field + ".calibration.floor", calibration.floor());
      }
      Double sharpness = calibration.sharpness();
      if (sharpness != null && !(sharpness >= 1 / MAX_SHARPNESS && sharpness <= MAX_SHARPNESS)) {
        faults.add(
            "%s.calibration.sharpness is %s; it must lie in %s to %s"
                .formatted(field, sharpness, 1 / MAX_SHARPNESS, MAX_SHARPNESS));
      }
    }
    if (redshift.acceptance() != null) {
      acceptance(field + ".acceptance", redshift.acceptance());
    }
  }

  private void belongs(boolean wanted, String field, @Nullable Number value, double above) {
    if (value == null) {
      if (wanted) {
        missing(field);
      }
    } else if (!wanted) {
      faults.add("%s is %s; it does not belong to this kind".formatted(field, value));
    } else {
      double number = value.doubleValue();
      if (!Double.isFinite(number) || number <= above) {
        faults.add("%s is %s; it must be above %s and finite".formatted(field, value, above));
      }
    }
  }

  private void network(
      String field, @Nullable Network network, @Nullable Map<String, String> files) {
    if (network == null) {
      missing(field);
      return;
    }
    text(field + ".tag", network.tag());
    text(field + ".signature", network.signature());
    text(field + ".input", network.input());
    text(field + ".output", network.output());
    if (text(field + ".path", network.path())) {
      String model = network.path() + "/saved_model.pb";
      if (escapes(network.path())) {
        faults.add("%s.path is '%s'; it must stay in the bundle".formatted(field, network.path()));
      } else if (files != null && !files.containsKey(model)) {
        faults.add("%s.path: sha256 lists no %s".formatted(field, model));
      }
    }
    if (text(field + ".normalisation", network.normalisation())) {
      try {
        Normalisations.byName(network.normalisation());
      } catch (IllegalArgumentException e) {
        faults.add("%s.normalisation: %s".formatted(field, e.getMessage()));
      }
    }
  }

  private void labels(String field, @Nullable List<String> labels) {
    if (labels == null) {
      missing(field);
      return;
    }
    if (labels.isEmpty() || new HashSet<>(labels).size() < labels.size()) {
      faults.add("%s is %s; it must hold labels, each once".formatted(field, labels));
    }
    for (String label : labels) {
      pattern(field, label, LABEL);
    }
  }

  private void acceptance(String field, Acceptance acceptance) {
    share(field + ".minClassProbability", acceptance.minClassProbability());
    share(field + ".minPeakProbability", acceptance.minPeakProbability());
    share(field + ".minCoverage", acceptance.minCoverage());
    finite(field + ".minSnr", acceptance.minSnr());
    require(
        Double.isFinite(acceptance.maxMemberSpread()) && acceptance.maxMemberSpread() >= 0,
        field + ".maxMemberSpread",
        acceptance.maxMemberSpread());
  }

  private void maps(ModelCard card) {
    present("provenance", card.provenance());
    if (present("metrics", card.metrics())) {
      card.metrics()
          .forEach(
              (name, value) ->
                  require(value != null && Double.isFinite(value), "metrics." + name, value));
    }
    if (present("sha256", card.sha256())) {
      card.sha256()
          .forEach(
              (path, hash) -> {
                pattern("sha256." + path, hash, SHA256);
                if (escapes(path)) {
                  faults.add("sha256 names '%s', which is not in the bundle".formatted(path));
                }
              });
    }
  }

  private static boolean escapes(String path) {
    return path.startsWith("/")
        || path.contains("\\")
        || List.of(path.split("/", -1)).stream()
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      faults.add("%s is %s; it must lie in 0 to 1".formatted(field, value));
    }
  }

  private void weight(String field, double value) {
    if (!(Math.abs(value) <= MAX_WEIGHT)) {
      faults.add("%s is %s; it must lie within ±%s".formatted(field, value, MAX_WEIGHT));
    }
  }

  private void finite(String field, double value) {
    if (!Double.isFinite(value)) {
      faults.add("%s is %s; it must be finite".formatted(field, value));
    }
  }

  private void require(boolean right, String field, @Nullable Object value) {
    if (!right) {
      faults.add("%s is %s, which is out of range".formatted(field, value));
    }
  }

  private void pattern(String field, @Nullable String value, Pattern pattern) {
    if (value == null) {
      missing(field);
    } else if (!pattern.matcher(value).matches()) {
      faults.add("%s is '%s'; it must match %s".formatted(field, value, pattern));
    }
  }

  private boolean text(String field, @Nullable String value) {
    if (value == null) {
      missing(field);
    } else if (value.isBlank()) {
      faults.add(field + " is empty");
    }
    return value != null && !value.isBlank();
  }

  private boolean present(String field, @Nullable Object value) {
    if (value == null) {
      missing(field);
    }
    return value != null;
  }

  private void missing(String field) {
    faults.add(field + " is missing");
  }
}
