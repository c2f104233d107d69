package org.nightglass.serve.read;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.TargetState;

/** What targets can be sorted by; each has a list of its own in the store. */
public enum TargetColumn {
  NAME("target_id", Place.Kind.TEXT, TargetState::getTargetId),
  STATE("state", Place.Kind.TEXT, TargetState::getState),
  CLASS("class_label", Place.Kind.TEXT, TargetState::getClassLabel),
  Z("z", Place.Kind.NUMBER, TargetState::getZ),
  SNR("snr", Place.Kind.NUMBER, TargetState::getSnr),
  VISITS("num_obs_more", Place.Kind.NUMBER, TargetState::getNumObsMore),
  TIME("extra_seconds", Place.Kind.NUMBER, TargetState::getExtraSeconds),
  FIELD("field_id", Place.Kind.TEXT, TargetState::getFieldId);

  private final String field;
  private final Place.Kind kind;
  private final Function<TargetState, @Nullable Object> value;

  TargetColumn(String field, Place.Kind kind, Function<TargetState, @Nullable Object> value) {
    this.field = field;
    this.kind = kind;
    this.value = value;
  }

  /** Its name in the contract. */
  public String field() {
    return field;
  }

  /** What its values are, where there are any. */
  Place.Kind kind() {
    return kind;
  }

  /** Where a target stands when sorted by this column. */
  Place place(TargetState target) {
    return Place.of(value.apply(target), target.getTargetId());
  }
}
