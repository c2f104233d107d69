package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the store: one letter that says what is kept, then parts with a zero byte between them.
 * Names never hold a zero byte where they come from Avro text that this program wrote; one that
 * does could only be found under its own key, never damage another.
 */
final class Key {
  static final char META = 'M';
  static final char OFFSET = 'O';
  static final char NIGHT = 'N';
  static final char NIGHT_YIELD = 'Y';
  static final char SURVEY_YIELD = 'V';
  static final char FIELD = 'F';
  static final char TARGET = 'T';

  /** By target: what a person said of its spectra, where one did. */
  static final char WORD = 'W';

  /** By state, programme or field: the targets that have it. */
  static final char TARGET_INDEX = 'I';

  /** By night and spectrum: the result. */
  static final char RESULT = 'R';

  /** By spectrum: the night under which its result stands. */
  static final char SPECTRUM = 'S';

  /** By target, night and spectrum: nothing but the key. */
  static final char TARGET_SPECTRUM = 'H';

  static final char REJECT = 'J';

  private Key() {}

  /** A key, or with a last part of "" the beginning that all keys of the parts before it share. */
  static byte[] of(char kind, String... parts) {
    return (kind + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8);
  }

  /** The parts of a key, as they were given. */
  static String[] parts(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8).split("\0", -1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The first key after all that begin with {@code prefix}; the prefix's last byte is not 0xff. */
  static byte[] after(byte[] prefix) {
    byte[] next = prefix.clone();
    next[next.length - 1]++;
    return next;
  }
}
