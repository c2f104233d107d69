package org.nightglass.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Decision;
import org.nightglass.decide.Warning;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.publish.Judged;

/**
 * One row of {@code classify}. The components are its columns, in order; more may come behind them,
 * none goes.
 *
 * @param file the file
 * @param spectrumId unique name of the spectrum
 * @param targetId unique name of the target
 * @param label class
 * @param probability the class's probability
 * @param z redshift; null where not estimated
 * @param zErr 1σ error of z
 * @param goodZ whether the redshift is accepted
 * @param snr median signal-to-noise ratio a pixel
 * @param warnings their names
 * @param coverage share of the model's grid with information
 * @param members each member's own redshift
 */
@JsonPropertyOrder({
  "file",
  "spectrum_id",
  "target_id",
  "class",
  "class_probability",
  "z",
  "z_err",
  "good_z",
  "snr",
  "warnings",
  "coverage",
  "z_members"
})
record ResultRow(
    @JsonProperty("file") String file,
    @JsonProperty("spectrum_id") String spectrumId,
    @JsonProperty("target_id") String targetId,
    @JsonProperty("class") String label,
    @JsonProperty("class_probability") double probability,
    @JsonProperty("z") @Nullable Double z,
    @JsonProperty("z_err") @Nullable Double zErr,
    @JsonProperty("good_z") boolean goodZ,
    @JsonProperty("snr") double snr,
    @JsonProperty("warnings") List<String> warnings,
    @JsonProperty("coverage") double coverage,
    @JsonProperty("z_members") List<Double> members) {

  static ResultRow of(Path file, Judged judged) {
    Decision decision = judged.decision();
    RedshiftEstimate redshift = judged.inference().redshift();
    return new ResultRow(
        file.toString(),
        judged.spectrum().observation().spectrumId(),
        judged.spectrum().observation().targetId(),
        decision.label(),
        decision.probability(),
        decision.z(),
        decision.zErr(),
        decision.goodZ(),
        judged.spectrum().snr(),
        decision.warnings().stream().sorted().map(Warning::name).toList(),
        judged.spectrum().coverage(),
        redshift == null ? List.of() : Arrays.stream(redshift.memberZ()).boxed().toList());
  }
}
