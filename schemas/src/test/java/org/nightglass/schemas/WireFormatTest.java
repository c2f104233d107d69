package org.nightglass.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nightglass.schemas.WireFormat.WireFormatException;

class WireFormatTest {

  @Test
  void shouldPutMagicAndBigEndianIdBeforeThePayload() {
    assertThat(WireFormat.frame(0x01020304, new byte[] {9, 8}))
        .containsExactly(0, 1, 2, 3, 4, 9, 8);
    assertThat(WireFormat.header(258)).containsExactly(0, 0, 0, 1, 2);
  }

  @Test
  void shouldFindTheSchemaId() {
    assertThat(WireFormat.schemaId(WireFormat.header(Integer.MAX_VALUE)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void shouldRefuseWhatIsNoRecordOfTheFormat() {
    assertRefused(new byte[0], "0 bytes");
    assertRefused(new byte[] {0, 0, 0, 1}, "4 bytes");
    assertRefused("{\"flux\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8), "0x7b");
    assertRefused(new byte[] {0, -1, 0, 0, 1, 5}, "not negative");
  }

  private static void assertRefused(byte[] value, String message) {
    assertThatThrownBy(() -> WireFormat.schemaId(value))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(message);
  }
}
