package org.nightglass.infer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.DeviceChoice.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * TensorFlow's settings, and the devices that there are of those that were asked for.
 *
 * @param config how to set sessions; the same for every device
 * @param names one or more, each of which gets sessions of its own
 * @param asked what precision was asked for
 * @param precision of the networks' products there, no longer {@link Precision#AUTO}
 */
public record Devices(
    ConfigProto config, List<Device> names, Precision asked, Precision precision) {
  private static final Logger log = LoggerFactory.getLogger(Devices.class);

  /**
   * Both of TensorFlow's constant folders off: they unroll the shifted templates of
   * cross-correlation networks into hundreds of megabytes that stay for good. Measured with two
   * ensembles of three, after batches of every size up to 256, anonymous memory: 1,280 MB with
   * both, 786 MB without Grappler's, 413 MB without either, and no slower. Networks are exported
   * with their batch normalisation folded, so nothing worth folding is left.
   */
  private static final GraphOptions WITHOUT_FOLDING =
      GraphOptions.newBuilder()
          .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
          .setRewriteOptions(
              RewriterConfig.newBuilder().setConstantFolding(RewriterConfig.Toggle.OFF))
          .build();

  private static final Device PROCESSOR = new Device(Device.Type.CPU, 0);

  /**
   * Looks for the devices that were asked for.
   *
   * @throws ModelException if one is asked for that TensorFlow cannot use
   */
  public static Devices find(EngineOptions options) {
    DeviceChoice choice = options.device();
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(options.intraOpThreads())
            .setInterOpParallelismThreads(options.interOpThreads())
            .putDeviceCount("CPU", processors(choice))
            .setAllowSoftPlacement(true)
            .setGraphOptions(WITHOUT_FOLDING);
    if (!wantsGpu(choice)) {
      List<Device> named = choice.devices();
      return of(
          config.putDeviceCount("GPU", 0).build(),
          named.isEmpty() ? List.of(PROCESSOR) : named,
          options.precision());
    }
    CudaLibraries.load();
    // Otherwise TensorFlow takes all of a GPU's memory at once, whatever else runs there.
    config.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    List<Device> found = choose(choice, config.build());
    if (!found.equals(List.of(PROCESSOR))) {
      log.info("Networks run on {}", found);
    } else if (CudaLibraries.isGpuBuild()) {
      log.warn(
          "Networks run on the processor: TensorFlow finds no GPU that it can use{}",
          CudaLibraries.hint());
    }
    return of(config.build(), found, options.precision());
  }

  private static Devices of(ConfigProto config, List<Device> names, Precision asked) {
    boolean processors = names.stream().allMatch(name -> name.type() == Device.Type.CPU);
    boolean fast = processors && Processor.multipliesBfloat16();
    if (asked == Precision.BFLOAT16 && processors && !fast) {
      log.warn(
          "Products of bfloat16 numbers are asked for, but this processor has no instructions for"
              + " them, or TF_ENABLE_ONEDNN_OPTS is 0: they will be slower than float32");
    }
    Precision precision =
        asked == Precision.AUTO ? (fast ? Precision.BFLOAT16 : Precision.FLOAT32) : asked;
    log.info("Networks' products are of {} numbers", precision);
    return new Devices(config, names, asked, precision);
  }

  /**
   * For a network whose output is read as it is: nobody knows what rounding would do to it, so it
   * stays in float32 unless something else was asked for.
   */
  public Devices exactly() {
    return asked == Precision.AUTO ? new Devices(config, names, asked, Precision.FLOAT32) : this;
  }

  /** Into how many logical devices the processor is divided, for those that are named. */
  private static int processors(DeviceChoice choice) {
    return choice.devices().stream()
            .filter(device -> device.type() == Device.Type.CPU)
            .mapToInt(Device::index)
            .max()
            .orElse(0)
        + 1;
  }

  private static boolean wantsGpu(DeviceChoice choice) {
    return switch (choice.kind()) {
      case CPU -> false;
      case AUTO, GPU -> true;
      case NAMED -> choice.devices().stream().anyMatch(device -> device.type() == Device.Type.GPU);
    };
  }

  private static List<Device> choose(DeviceChoice choice, ConfigProto config) {
    if (choice.kind() == Kind.NAMED) {
      choice.devices().forEach(device -> require(device, config));
      return choice.devices();
    }
    List<Device> found = new ArrayList<>();
    Device next = new Device(Device.Type.GPU, 0);
    if (choice.kind() == Kind.GPU) {
      require(next, config);
    }
    while (fault(next, config) == null) {
      found.add(next);
      next = new Device(Device.Type.GPU, next.index() + 1);
    }
    return found.isEmpty() ? List.of(PROCESSOR) : List.copyOf(found);
  }

  private static void require(Device device, ConfigProto config) {
    RuntimeException fault = fault(device, config);
    if (fault != null) {
      throw new ModelException(
          "%s is asked for, but TensorFlow cannot use it: %s%s"
              .formatted(device, fault.getMessage(), CudaLibraries.hint()),
          fault);
    }
  }

  /**
   * Loads a SavedModel.
   *
   * @param which of the devices to run it on
   * @throws TensorFlowException if it does not load
   * @throws ModelException if it cannot be adapted to the device or the precision
   */
  public SavedModelBundle load(Path path, String tag, int which) {
    Device device = names.get(which);
    boolean first = names.size() == 1 && device.index() == 0; // where TensorFlow puts it anyway
    if (first && precision == Precision.FLOAT32) {
      return load(path, tag);
    }
    try (AdaptedModel adapted = AdaptedModel.of(path, precision, first ? null : device)) {
      return load(adapted.directory(), tag);
    }
  }

  private SavedModelBundle load(Path path, String tag) {
    return SavedModelBundle.loader(path.toString()).withTags(tag).withConfigProto(config).load();
  }

  /**
   * Why a device cannot be used; null if it can. With soft placement TensorFlow runs on the
   * processor where there is no GPU, and says nothing. So one constant is placed without it.
   */
  private static @Nullable RuntimeException fault(Device device, ConfigProto config) {
    try (Graph graph = new Graph();
        Session session =
            new Session(graph, config.toBuilder().setAllowSoftPlacement(false).build())) {
      Ops there =
          Ops.create(graph)
              .withDevice(
                  DeviceSpec.newBuilder()
                      .deviceType(DeviceSpec.DeviceType.valueOf(device.type().name()))
                      .deviceIndex(device.index())
                      .build());
      try (var result = session.runner().fetch(there.constant(1f)).run()) {
        result.get(0);
        return null;
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      return e;
    }
  }
}
