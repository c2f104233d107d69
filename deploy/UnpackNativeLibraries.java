import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.tensorflow.TensorFlow;

/** Loads TensorFlow, so that its native libraries are unpacked while the image is built. */
final class UnpackNativeLibraries {
  private UnpackNativeLibraries() {}

  public static void main(String[] args) {
    // NVIDIA's libraries, too, where the distribution has them.
    var devices = Devices.find(EngineOptions.DEFAULT).names();
    System.out.printf(
        "TensorFlow %s unpacked and loaded; on this machine it runs on %s%n",
        TensorFlow.version(), devices);
  }
}
