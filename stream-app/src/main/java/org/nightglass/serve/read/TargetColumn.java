package org.nightglass.serve.read;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.TargetState;

/** What targets can be sorted by; each has a list of its own in the store. */
public enum TargetColumn {
  NAME("target_id", TargetState::getTargetId),
  STATE("state", TargetState::getState),
  CLASS("class_label", TargetState::getClassLabel),
  Z("z", TargetState::getZ),
  SNR("snr", TargetState::getSnr),
  VISITS("num_obs_more", TargetState::getNumObsMore),
  TIME("extra_seconds", TargetState::getExtraSeconds),
  FIELD("field_id", TargetState::getFieldId);

  private final String field;
  private final Function<TargetState, @Nullable Object> value;

  TargetColumn(String field, Function<TargetState, @Nullable Object> value) {
    this.field = field;
    this.value = value;
  }

  /** Its name in the contract. */
  public String field() {
    return field;
  }

  /** Where a target stands when sorted by this column. */
  Place place(TargetState target) {
    return Place.of(value.apply(target), target.getTargetId());
  }
}
