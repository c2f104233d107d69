package org.nightglass.serve;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.Precision;
import org.nightglass.ingest.SpectrumReader;

/**
 * What the server needs of the application that it speaks for.
 *
 * @param config its settings; its topics are there
 * @param version of the program
 * @param folder for the read model; one an instance
 * @param card of the model in use
 * @param precision what the products of its networks are of; null where none is run here
 * @param spectra decodes spectra for people to look at
 * @param metrics what is measured; the server adds its own
 * @param reasonsNotReady why spectra are not worked on now; empty where they are
 * @param reasonsBroken why they will not be again; empty where all is well
 */
public record ServedApplication(
    NightglassConfig config,
    String version,
    Path folder,
    ModelCard card,
    @Nullable Precision precision,
    SpectrumReader spectra,
    PrometheusMeterRegistry metrics,
    Supplier<List<String>> reasonsNotReady,
    Supplier<List<String>> reasonsBroken) {}
