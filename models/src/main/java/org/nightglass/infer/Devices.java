package org.nightglass.infer;

import org.nightglass.infer.EngineOptions.Device;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** TensorFlow's settings, and whether there is the GPU that was asked for. */
final class Devices {
  private Devices() {}

  /**
   * @throws ModelException if a GPU is asked for and TensorFlow finds none
   */
  static ConfigProto config(EngineOptions options) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(options.intraOpThreads())
            .setInterOpParallelismThreads(options.interOpThreads())
            .setAllowSoftPlacement(true);
    if (options.device() == Device.CPU) {
      return config.putDeviceCount("GPU", 0).build();
    }
    config.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    requireGpu(config.clone().setAllowSoftPlacement(false).build());
    return config.build();
  }

  /**
   * With soft placement TensorFlow runs on the processor where there is no GPU, and says nothing.
   * So one constant is placed on the GPU without it.
   */
  private static void requireGpu(ConfigProto config) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, config)) {
      Ops gpu =
          Ops.create(graph)
              .withDevice(
                  DeviceSpec.newBuilder()
                      .deviceType(DeviceSpec.DeviceType.GPU)
                      .deviceIndex(0)
                      .build());
      try (var result = session.runner().fetch(gpu.constant(1f)).run()) {
        result.get(0);
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new ModelException(
          "a GPU is asked for, but TensorFlow finds none that it can use: %s"
              .formatted(e.getMessage()),
          e);
    }
  }
}
