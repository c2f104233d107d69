package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.prepare.AirToVacuum;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.ReadModel;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObservedSpectrum;

/** Single results, and the spectra that they are of. */
final class SpectrumApi {
  private final ReadModel model;
  private final PixelReader pixels;

  SpectrumApi(ReadModel model, PixelReader pixels) {
    this.model = model;
    this.pixels = pixels;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/results/{spectrum_id}", this::result);
    routes.get("/api/v1/spectra/{spectrum_id}/pixels", this::pixels);
  }

  private SpectrumResult find(Context context) {
    String spectrum = context.pathParam("spectrum_id");
    SpectrumResult result = model.result(spectrum);
    if (result == null) {
      throw Problem.notFound(
          "no result of spectrum '%s' is known: it never came, or its night is kept no longer"
              .formatted(spectrum));
    }
    return result;
  }

  private void result(Context context) {
    new Query(context).check();
    Answer.json(context, Json.of(find(context)));
  }

  private void pixels(Context context) {
    Query query = new Query(context);
    boolean csv = query.csv();
    query.check();
    SpectrumResult result = find(context);
    ObservedSpectrum spectrum = pixels.read(result);
    if (csv) {
      context.contentType("text/csv; charset=utf-8; header=present").result(csv(spectrum.arms()));
      return;
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("spectrum_id", result.getSpectrumId());
    answer.put("target_id", result.getTargetId());
    ArrayNode arms = answer.putArray("arms");
    spectrum.arms().forEach(arm -> write(arms.addObject(), arm));
    Answer.json(context, answer);
  }

  private static void write(ObjectNode into, Arm arm) {
    into.put("name", arm.name());
    ArrayNode wavelengths = into.putArray("wavelength");
    ArrayNode flux = into.putArray("flux");
    ArrayNode error = into.putArray("error");
    for (int i = 0; i < arm.flux().length; i++) {
      wavelengths.add(wavelength(arm, i));
      if (arm.good(i)) {
        flux.add(arm.flux()[i]);
        error.add((float) (1 / Math.sqrt(arm.ivar()[i])));
      } else {
        flux.addNull();
        error.addNull();
      }
    }
  }

  private static String csv(List<Arm> arms) {
    StringBuilder out = new StringBuilder("arm,wavelength,flux,error\r\n");
    for (Arm arm : arms) {
      for (int i = 0; i < arm.flux().length; i++) {
        out.append(arm.name()).append(',').append(wavelength(arm, i)).append(',');
        if (arm.good(i)) {
          out.append(arm.flux()[i]).append(',').append((float) (1 / Math.sqrt(arm.ivar()[i])));
        } else {
          out.append(',');
        }
        out.append("\r\n");
      }
    }
    return out.toString();
  }

  /** In vacuum, to a thousandth of an Å: a hundredth of the finest surveys' pixels. */
  private static double wavelength(Arm arm, int pixel) {
    double given = arm.grid().wavelength(pixel);
    double vacuum = arm.medium() == Medium.AIR ? AirToVacuum.vacuum(given) : given;
    return Math.rint(vacuum * 1000) / 1000;
  }
}
