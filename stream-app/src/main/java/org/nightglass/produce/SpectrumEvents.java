package org.nightglass.produce;

import java.nio.ByteBuffer;
import java.util.List;
import org.nightglass.avro.ExplicitGrid;
import org.nightglass.avro.LinearGrid;
import org.nightglass.avro.LogGrid;
import org.nightglass.avro.Medium;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.Spectrum;
import org.nightglass.schemas.PackedPixels;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * From spectra as observed to events of the spectra topic; the way back is {@code
 * ingest.SpectrumReader}.
 */
public final class SpectrumEvents {
  private SpectrumEvents() {}

  /** The event of a spectrum. Pixels are copied. */
  public static Spectrum event(ObservedSpectrum spectrum) {
    Observation observation = spectrum.observation();
    List<org.nightglass.avro.Arm> arms = spectrum.arms().stream().map(SpectrumEvents::arm).toList();
    Spectrum event = new Spectrum();
    event.setSpectrumId(observation.spectrumId());
    event.setTargetId(observation.targetId());
    event.setKind(ObjectKind.valueOf(observation.kind().name()));
    event.setSurvey(observation.survey());
    event.setProgramme(observation.programme());
    event.setFieldId(observation.fieldId());
    event.setExposureId(observation.exposureId());
    event.setFibre(observation.fibre());
    event.setRaDeg(observation.raDeg());
    event.setDecDeg(observation.decDeg());
    event.setMjd(observation.mjd());
    event.setExposureSeconds(observation.exposureSeconds());
    event.setReductionVersion(observation.reductionVersion());
    event.setNight(observation.night());
    event.setSelectedAs(observation.selectedAs());
    event.setArms(arms);
    return event;
  }

  private static org.nightglass.avro.Arm arm(Arm arm) {
    org.nightglass.avro.Arm event = new org.nightglass.avro.Arm();
    event.setName(arm.name());
    event.setGrid(grid(arm.grid()));
    event.setMedium(Medium.valueOf(arm.medium().name()));
    event.setFlux(PackedPixels.packFloats(arm.flux()));
    event.setIvar(PackedPixels.packFloats(arm.ivar()));
    event.setMask(arm.mask() == null ? null : PackedPixels.packInts(arm.mask()));
    return event;
  }

  private static Object grid(WavelengthGrid grid) {
    if (grid instanceof WavelengthGrid.Log log) {
      return new LogGrid(log.log10Start(), log.log10Step(), log.pixels());
    }
    if (grid instanceof WavelengthGrid.Linear linear) {
      return new LinearGrid(linear.start(), linear.step(), linear.pixels());
    }
    ByteBuffer packed = PackedPixels.packDoubles(((WavelengthGrid.Explicit) grid).wavelengths());
    return new ExplicitGrid(packed);
  }
}
