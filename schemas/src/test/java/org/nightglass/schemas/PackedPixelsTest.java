package org.nightglass.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PackedPixelsTest {

  @Test
  void shouldPackFloatsLittleEndianWithoutHeader() {
    ByteBuffer packed = PackedPixels.packFloats(new float[] {1.0f, -2.5f});

    assertThat(bytes(packed)).containsExactly(0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0);
  }

  @Test
  void shouldPackDoublesLittleEndian() {
    assertThat(bytes(PackedPixels.packDoubles(new double[] {1.0})))
        .containsExactly(0, 0, 0, 0, 0, 0, 0xf0, 0x3f);
  }

  @Test
  void shouldPackUnsignedIntsLittleEndian() {
    assertThat(bytes(PackedPixels.packInts(new int[] {0x01020304, 0xffffffff})))
        .containsExactly(4, 3, 2, 1, 0xff, 0xff, 0xff, 0xff);
  }

  @Test
  void shouldGiveBackEveryBitOfEveryNumber() {
    float[] floats = {0f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1.5e-17f};
    double[] doubles = {3800.0, Math.nextUp(3800.0), Double.MAX_VALUE};
    int[] ints = {0, 1, Integer.MIN_VALUE, -1};

    assertThat(PackedPixels.unpackFloats(PackedPixels.packFloats(floats))).isEqualTo(floats);
    assertThat(PackedPixels.unpackDoubles(PackedPixels.packDoubles(doubles))).isEqualTo(doubles);
    assertThat(PackedPixels.unpackInts(PackedPixels.packInts(ints))).isEqualTo(ints);
  }

  @Test
  void shouldReadASliceAndLeaveTheBufferAsItWas() {
    ByteBuffer whole = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    whole.position(5).putFloat(7f).position(5).limit(9);
    whole.order(ByteOrder.BIG_ENDIAN);

    assertThat(PackedPixels.unpackFloats(whole)).containsExactly(7f);
    assertThat(PackedPixels.unpackFloats(whole.asReadOnlyBuffer())).containsExactly(7f);
    assertThat(whole.position()).isEqualTo(5);
    assertThat(whole.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void shouldUnpackNothingFromNoBytes() {
    assertThat(PackedPixels.unpackFloats(ByteBuffer.allocate(0))).isEmpty();
  }

  @Test
  void shouldRefuseBytesThatAreNoWholeNumberOfPixels() {
    assertThatThrownBy(() -> PackedPixels.unpackFloats(ByteBuffer.allocate(13)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13 bytes")
        .hasMessageContaining("4-byte float32");
    assertThatThrownBy(() -> PackedPixels.unpackDoubles(ByteBuffer.allocate(12)))
        .hasMessageContaining("8-byte float64");
    assertThatThrownBy(() -> PackedPixels.unpackInts(ByteBuffer.allocate(3)))
        .hasMessageContaining("4-byte uint32");
  }

  private static int[] bytes(ByteBuffer buffer) {
    int[] bytes = new int[buffer.remaining()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = buffer.get(buffer.position() + i) & 0xff;
    }
    return bytes;
  }
}
