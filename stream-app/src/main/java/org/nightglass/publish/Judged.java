package org.nightglass.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.WindowSnr;
import org.nightglass.decide.Decision;
import org.nightglass.infer.Inference;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A spectrum with all that was found out about it.
 *
 * @param spectrum as the model saw it
 * @param inference what the model said
 * @param decision what Nightglass says
 * @param night the night that follows from the time of observation, YYYYMMDD; null where the
 *     observatory is not known
 * @param snrWindows S/N in the windows that the programme's rules ask about
 */
public record Judged(
    PreparedSpectrum spectrum,
    Inference inference,
    Decision decision,
    @Nullable String night,
    List<WindowSnr> snrWindows) {}
