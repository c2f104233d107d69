package org.nightglass.infer;

import java.util.Locale;

/**
 * What TensorFlow runs networks on.
 *
 * @param type processor or graphics processor
 * @param index from 0, as TensorFlow counts the devices of a type
 */
public record Device(Type type, int index) {

  /** Kinds of devices. */
  public enum Type {
    /** The processor, or a logical part of it: they all share the same cores. */
    CPU,
    /** A graphics processor. */
    GPU
  }

  /** What TensorFlow calls it. */
  String tensorFlowName() {
    return "/device:%s:%d".formatted(type, index);
  }

  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT) + ":" + index;
  }
}
