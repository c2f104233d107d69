package org.nightglass.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.survey.scheduler.CatalogueField;
import org.nightglass.survey.scheduler.Site;
import org.nightglass.survey.scheduler.Visit;

/**
 * A simulated multi-fibre telescope: takes exposures of a sky whose truth it knows, under its
 * weather, and sends what its reduction makes of them.
 *
 * <p>What it sends of a target is the sum of all its exposures so far, as surveys do; the exposure
 * that the spectrum names is the last one in it. The noise of each sum is drawn anew, so that the
 * sums of a target share their depth but not their noise. Not thread-safe.
 */
final class Telescope {
  private static final double SECONDS_PER_DAY = 86_400;

  private final SimulatedSurvey preset;
  private final Site site;
  private final SkyTruth sky;
  private final Weather weather;
  private final Fibres fibres;
  private final SurveySpectra spectra;
  private final SpectrumSender sender;
  private final Map<String, Depth> depths = new HashMap<>();
  private final Map<String, Integer> visits = new HashMap<>();
  private int exposures;

  /**
   * @param preset the survey
   * @param world sky, weather and fibres
   * @param spectra what sources look like through the spectrograph
   * @param sender for what was observed; closed by whoever opened it
   */
  Telescope(SimulatedSurvey preset, World world, SurveySpectra spectra, SpectrumSender sender) {
    this.preset = preset;
    this.site = preset.site();
    this.sky = world.sky();
    this.weather = world.weather();
    this.fibres = world.fibres();
    this.spectra = spectra;
    this.sender = sender;
  }

  /**
   * An exposure that was taken.
   *
   * @param id its name
   * @param field that was exposed
   * @param seconds the shutter was open
   * @param targets of which a spectrum was sent
   */
  record Exposed(String id, CatalogueField field, double seconds, List<String> targets) {}

  /** Whether the dome is open. */
  boolean open(ObservingNight night, double mjd) {
    return weather.open(night.index(), night.minute(mjd));
  }

  /**
   * Exposes a field, and sends the spectra.
   *
   * @param night tonight
   * @param mjd start of the exposure
   * @param visit what to expose
   */
  Exposed expose(ObservingNight night, double mjd, Visit visit) {
    CatalogueField field = visit.field();
    exposures++;
    String id = "%s-E%04d".formatted(night.name(), exposures);
    int turn = visits.merge(field.id(), 1, Integer::sum) - 1;
    SurveySpectra.Exposure exposure =
        new SurveySpectra.Exposure(visit.seconds(), conditions(night, mjd, visit));
    List<CatalogueField.Target> reached = new ArrayList<>();
    for (CatalogueField.Target target : visit.targets()) {
      int fibre = fibres.fibre(sky.source(target.id()).place(), turn);
      if (fibres.works(fibre, night.index())) {
        depths.merge(target.id(), Depth.NONE.plus(exposure), (was, one) -> was.plus(exposure));
        reached.add(target);
      }
    }
    send(reached, id, night, mjd, turn);
    return new Exposed(
        id, field, visit.seconds(), reached.stream().map(CatalogueField.Target::id).toList());
  }

  private SkyConditions conditions(ObservingNight night, double mjd, Visit visit) {
    CatalogueField field = visit.field();
    int minutes = (int) Math.ceil(visit.seconds() / 60);
    double transparency = 0;
    double moonlight = 0;
    for (int i = 0; i < minutes; i++) {
      double at = mjd + (i + 0.5) * visit.seconds() / minutes / SECONDS_PER_DAY;
      double airmass = Math.min(5, site.airmass(field.raDeg(), field.decDeg(), at));
      transparency += weather.transparency(night.index(), night.minute(at), airmass) / minutes;
      moonlight += Ephemeris.moonlight(site, at) / minutes;
    }
    return new SkyConditions(moonlight, SkyConditions.DARK.airglow(), Math.min(1, transparency));
  }

  /** Simulating costs as much as classifying: all cores do it. */
  private void send(
      List<CatalogueField.Target> targets, String id, ObservingNight night, double mjd, int turn) {
    List<CompletableFuture<RecordMetadata>> sent =
        IntStream.range(0, targets.size())
            .parallel()
            .mapToObj(i -> sender.send(spectrum(targets.get(i), id, night, mjd, turn)))
            .toList();
    sent.forEach(CompletableFuture::join);
  }

  private ObservedSpectrum spectrum(
      CatalogueField.Target target, String id, ObservingNight night, double mjd, int turn) {
    SkyTruth.Source source = sky.source(target.id());
    Depth depth = depths.getOrDefault(target.id(), Depth.NONE);
    SurveySpectra.Observed observed =
        spectra.spectrum(
            source.index(),
            depth.exposures(),
            source.target().kind(),
            source.target().z(),
            source.target().magnitude(),
            depth.sum());
    Observation observation =
        new Observation(
            id + "-" + target.id(),
            target.id(),
            ObjectKind.TARGET,
            preset.goals().survey(),
            preset.goals().programme(),
            target.id().substring(0, target.id().indexOf('-')),
            id,
            fibres.fibre(source.place(), turn) + 1,
            target.raDeg(),
            target.decDeg(),
            mjd,
            depth.seconds(),
            "sim1",
            night.name(),
            target.selectedAs());
    return new ObservedSpectrum(observation, observed.arms());
  }
}
