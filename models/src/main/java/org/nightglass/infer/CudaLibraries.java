package org.nightglass.infer;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NVIDIA's libraries, where the distribution brings them (profile {@code gpu}).
 *
 * <p>TensorFlow's build for GPUs opens them by name when it makes its first session, and runs on
 * the processor without them. A library that the process has loaded is found by its name, wherever
 * its file lies; so they are unpacked into JavaCPP's cache and loaded before, each after those that
 * it needs, and a machine needs nothing but the driver. Without them on the class path nothing is
 * done, and TensorFlow looks where the system's loader does.
 */
final class CudaLibraries {
  private static final Logger log = LoggerFactory.getLogger(CudaLibraries.class);

  private static final String FOLDER = "/org/bytedeco/cuda/linux-x86_64/";
  private static final String GPU_BUILD =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";

  /**
   * What TensorFlow 2.18 opens (cudart, cuBLAS, cuFFT, cuSolver, cuSPARSE and cuDNN, for profiles
   * CUPTI), and what these need or open in turn, each after what it needs.
   */
  private static final List<String> LIBRARIES =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libnvrtc-builtins.so.12.6",
          "libnvrtc.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libcupti.so.12",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn.so.9");

  private static boolean loaded;

  private CudaLibraries() {}

  /**
   * Loads them, once a process; to be called before the first session is made.
   *
   * @throws ModelException if they are there, but do not load
   */
  static synchronized void load() {
    if (loaded || resource(FOLDER + LIBRARIES.get(0)) == null) {
      return;
    }
    log.info("Loading NVIDIA's libraries; they are unpacked (2 GB) when they are first used");
    for (String library : LIBRARIES) {
      URL resource = resource(FOLDER + library);
      if (resource == null) {
        throw new ModelException(library + " is missing among NVIDIA's libraries");
      }
      try {
        File file = Loader.cacheResource(resource);
        System.load(file.getAbsolutePath());
      } catch (IOException | UnsatisfiedLinkError e) {
        throw new ModelException(
            "NVIDIA's library %s does not load: %s".formatted(library, e.getMessage()), e);
      }
    }
    loaded = true;
  }

  /** Whether this is TensorFlow's build for GPUs. */
  static boolean isGpuBuild() {
    return resource(GPU_BUILD) != null;
  }

  /** What may be amiss where TensorFlow finds no GPU. */
  static String hint() {
    if (!isGpuBuild()) {
      return "; this is TensorFlow's build for processors alone (build with -Pgpu)";
    }
    return String.format(
        Locale.ROOT,
        "; NVIDIA's libraries are %s, the driver is %s",
        loaded ? "loaded" : "the system's own, if any",
        new File("/dev/nvidiactl").exists() ? "there" : "not there (no /dev/nvidiactl)");
  }

  private static @Nullable URL resource(String path) {
    return CudaLibraries.class.getResource(path);
  }
}
