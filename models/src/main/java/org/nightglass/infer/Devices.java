package org.nightglass.infer;

import org.nightglass.infer.EngineOptions.Device;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/** TensorFlow's settings, and whether there is the GPU that was asked for. */
public final class Devices {
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

  private Devices() {}

  /**
   * How sessions are set, for whoever opens one.
   *
   * @throws ModelException if a GPU is asked for and TensorFlow finds none
   */
  public static ConfigProto config(EngineOptions options) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(options.intraOpThreads())
            .setInterOpParallelismThreads(options.interOpThreads())
            .setAllowSoftPlacement(true)
            .setGraphOptions(WITHOUT_FOLDING);
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
