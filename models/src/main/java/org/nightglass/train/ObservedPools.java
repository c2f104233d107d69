package org.nightglass.train;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.simulate.Seeds;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Observed spectra sorted into those to train on, to stop by, and to calibrate with: eight, one and
 * one in ten objects, an object's spectra always together. What is no source is simulated, since
 * catalogues list sources.
 */
final class ObservedPools {
  /** Which part of the objects. */
  enum Part {
    TRAINING,
    VALIDATION,
    HELD_BACK
  }

  /** Nothing is trained on because of when it was observed. */
  private static final Instant ANY_TIME = Instant.parse("9999-12-31T00:00:00Z");

  private static final int TENTHS = 10;

  /** Fewer of a family teach nothing. */
  private static final int LEAST = 10;

  private final SurveyPreset survey;
  private final Normalisation normalisation;
  private final ClassScheme scheme;
  private final Preparer preparer;
  private final long seed;
  private final List<Entry> samples = new ArrayList<>();
  private int unusable;

  private record Entry(Part part, SourceClass family, SamplePool.Sample sample) {}

  ObservedPools(SurveyPreset survey, Normalisation normalisation, long seed) {
    this.survey = survey;
    this.normalisation = normalisation;
    this.scheme = new ClassScheme(survey.classes());
    this.preparer = new Preparer(survey.grid(), SpectrumLimits.DEFAULT);
    this.seed = seed;
  }

  /** Reads a source. */
  void read(ObservedSource source) {
    source.read(this::add);
  }

  private void add(
      ObservedSpectrum spectrum, String objectClass, @Nullable String subclass, double z) {
    SourceClass family = family(objectClass);
    if (family == null) {
      unusable++;
      return;
    }
    try {
      PreparedSpectrum prepared = preparer.prepare(spectrum, ANY_TIME);
      String label = label(family, subclass);
      SamplePool.Sample sample =
          SamplePool.Sample.of(prepared, z, scheme.of(label, null), label, normalisation);
      samples.add(new Entry(part(spectrum.observation().targetId()), family, sample));
    } catch (BadSpectrumException e) {
      unusable++;
    }
  }

  private static @Nullable SourceClass family(String objectClass) {
    String name = objectClass.trim().toUpperCase(Locale.ROOT);
    for (SourceClass family : SourceClass.values()) {
      if (family.name().equals(name)) {
        return family;
      }
    }
    return null;
  }

  /** The finest class that the words name: {@code AGN BROADLINE} is an AGN. */
  private String label(SourceClass family, @Nullable String subclass) {
    String words = subclass == null ? "" : subclass.trim();
    for (String word : words.split("\\s+", -1)) {
      String label = family + "_" + word.toUpperCase(Locale.ROOT);
      if (scheme.classes().contains(label)) {
        return label;
      }
    }
    boolean typed = family == SourceClass.STAR && !words.isEmpty() && !words.equals("nan");
    return typed ? family + "_" + words.split("[\\s(]", -1)[0] : family.name();
  }

  private Part part(String object) {
    int tenth = Seeds.generator(seed, object.hashCode()).nextInt(TENTHS);
    return tenth == 0 ? Part.HELD_BACK : tenth == 1 ? Part.VALIDATION : Part.TRAINING;
  }

  /**
   * The pools of a part.
   *
   * @param sources for artefacts
   * @throws IllegalArgumentException if a family that there are classes of has next to no spectra
   */
  Pools pools(Part part, SourceLibrary sources) {
    return pools(EnumSet.of(part), part.name(), seed + part.ordinal(), sources);
  }

  /** The pools of all objects, to calibrate networks that have seen none of them. */
  Pools all(SourceLibrary sources) {
    return pools(EnumSet.allOf(Part.class), "the calibration", seed, sources);
  }

  private Pools pools(Set<Part> parts, String purpose, long artefacts, SourceLibrary sources) {
    List<SamplePool> families = new ArrayList<>();
    int most = 0;
    for (SourceClass family : SourceClass.values()) {
      List<SamplePool.Sample> own =
          samples.stream()
              .filter(entry -> parts.contains(entry.part) && entry.family == family)
              .map(Entry::sample)
              .toList();
      boolean wanted = survey.classes().stream().anyMatch(c -> c.startsWith(family.name()));
      if (wanted && own.size() < LEAST) {
        throw new IllegalArgumentException(
            "only %d spectra of %s for %s, at least %d are needed (%d spectra could not be used)"
                .formatted(own.size(), family, purpose, LEAST, unusable));
      }
      most = Math.max(most, own.size());
      families.add(SamplePool.of(family, own));
    }
    TrainingSimulator simulator =
        new TrainingSimulator(artefacts, sources, survey.grid(), survey.spectrographs());
    int few = Math.max(Pools.LEAST_NEGATIVES, most / 4);
    return new Pools(families, SamplePool.simulate(simulator, null, few, scheme, normalisation));
  }
}
