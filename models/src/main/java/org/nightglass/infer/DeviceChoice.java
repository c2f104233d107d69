package org.nightglass.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a site wants its networks to run.
 *
 * @param kind what is asked for
 * @param devices those that are asked for by name, each once; empty unless {@link Kind#NAMED}
 */
public record DeviceChoice(Kind kind, List<Device> devices) {
  /** What {@link #parse} understands, for messages. */
  public static final String ACCEPTED = "auto, cpu, gpu, or a list of gpu:N or cpu:N";

  /** On every GPU that TensorFlow can use, on the processor where there is none. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, List.of());

  /** On the processor, even where there is a GPU. */
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, List.of());

  /** On every GPU that TensorFlow can use; it is an error if there is none. */
  public static final DeviceChoice GPU = new DeviceChoice(Kind.GPU, List.of());

  private static final Pattern NAME = Pattern.compile("(cpu|gpu):(\\d{1,4})");

  /** What can be asked for. */
  public enum Kind {
    AUTO,
    CPU,
    GPU,
    /** Certain devices; it is an error if one is not there. */
    NAMED
  }

  public DeviceChoice {
    devices = List.copyOf(devices);
  }

  /**
   * Reads a choice.
   *
   * @param text {@code auto}, {@code cpu}, {@code gpu}, or names such as {@code gpu:0,gpu:2}
   * @throws IllegalArgumentException if it is none
   */
  public static DeviceChoice parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "gpu" -> GPU;
      default -> named(word, text);
    };
  }

  private static DeviceChoice named(String names, String text) {
    List<Device> devices = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      Matcher matcher = NAME.matcher(name.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'%s' names no device (accepted: %s)".formatted(text, ACCEPTED));
      }
      Device.Type type = Device.Type.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
      Device device = new Device(type, Integer.parseInt(matcher.group(2)));
      if (devices.contains(device)) {
        throw new IllegalArgumentException("'%s' names %s twice".formatted(text, device));
      }
      devices.add(device);
    }
    return new DeviceChoice(Kind.NAMED, devices);
  }

  @Override
  public String toString() {
    return kind == Kind.NAMED
        ? devices.stream().map(Device::toString).collect(Collectors.joining(","))
        : kind.name().toLowerCase(Locale.ROOT);
  }
}
