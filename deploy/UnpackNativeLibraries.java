import org.tensorflow.TensorFlow;

/** Loads TensorFlow, so that its native libraries are unpacked while the image is built. */
final class UnpackNativeLibraries {
  private UnpackNativeLibraries() {}

  public static void main(String[] args) {
    System.out.println("TensorFlow " + TensorFlow.version() + " unpacked and loaded");
  }
}
