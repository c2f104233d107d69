package org.nightglass.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's numbers by name, and how they lie in a file: the word {@code NGW1}, the step, the
 * number of arrays, then for each its name, rank, extents and big-endian float32 values.
 *
 * @param step training steps that led to them
 * @param arrays by name
 */
record Weights(long step, Map<String, Weights.Array> arrays) {
  private static final int MAGIC = 0x4e475731;

  /**
   * An array.
   *
   * @param shape extents
   * @param values row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
  record Array(long[] shape, float[] values) {}

  /**
   * @throws IllegalArgumentException if there is no array of that name
   */
  Array get(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "no weight '%s'; there are %s".formatted(name, arrays.keySet()));
    }
    return array;
  }

  /** Writes a file, whole or not at all. */
  void save(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
      out.writeInt(MAGIC);
      out.writeLong(step);
      out.writeInt(arrays.size());
      for (Map.Entry<String, Array> entry : arrays.entrySet()) {
        Array array = entry.getValue();
        out.writeUTF(entry.getKey());
        out.writeInt(array.shape.length);
        for (long extent : array.shape) {
          out.writeLong(extent);
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * array.values.length);
        bytes.asFloatBuffer().put(array.values);
        out.writeInt(array.values.length);
        out.write(bytes.array());
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @throws IOException if the file is missing, truncated, or of another kind
   */
  static Weights load(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int magic = in.readInt();
      if (magic != MAGIC) {
        throw new IOException("%s: not a weights file, starts with %08x".formatted(file, magic));
      }
      long step = in.readLong();
      int count = in.readInt();
      Map<String, Array> arrays = new LinkedHashMap<>();
      for (int k = 0; k < count; k++) {
        String name = in.readUTF();
        long[] shape = new long[in.readInt()];
        for (int d = 0; d < shape.length; d++) {
          shape[d] = in.readLong();
        }
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
        arrays.put(name, new Array(shape, values));
      }
      return new Weights(step, arrays);
    } catch (RuntimeException e) {
      throw new IOException(file + ": truncated weights file", e);
    }
  }
}
