package org.nightglass.schemas.serde;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Decides before the first byte is read whether records of a writer's schema can be read as the
 * reader's.
 *
 * <p>Writers' schemas come from a registry that others write to. One that contains itself, or that
 * unfolds to millions of fields, would let a small message recurse or loop for hours: it is refused
 * like an incompatible one. Nothing here needs such a schema.
 */
final class SchemaGuard {
  /** Most places in which a schema may hold a value, counted with every record unfolded. */
  static final int MAX_NODES = 10_000;

  /** Deepest nesting. */
  static final int MAX_DEPTH = 32;

  private final Deque<Schema> path = new ArrayDeque<>();
  private int nodes;

  private SchemaGuard() {}

  /**
   * Checks a writer's schema.
   *
   * @throws IncompatibleException saying what stands against it
   */
  static void check(Schema writer, Schema reader) {
    new SchemaGuard().unfold(writer);
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
      List<String> why =
          result.getResult().getIncompatibilities().stream()
              .limit(5)
              .map(i -> i.getType() + " at " + i.getLocation() + ": " + i.getMessage())
              .toList();
      throw new IncompatibleException(
          "%s cannot be read as %s: %s"
              .formatted(writer.getFullName(), reader.getFullName(), String.join("; ", why)));
    }
  }

  @SuppressWarnings("ReferenceEquality") // equal lists side by side are no recursion
  private void unfold(Schema schema) {
    if (++nodes > MAX_NODES) {
      throw new IncompatibleException("the schema unfolds to more than " + MAX_NODES + " nodes");
    }
    if (path.size() >= MAX_DEPTH) {
      throw new IncompatibleException("the schema is nested deeper than " + MAX_DEPTH);
    }
    for (Schema outer : path) {
      if (outer == schema) {
        throw new IncompatibleException("the schema contains itself: " + schema.getFullName());
      }
    }
    path.push(schema);
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> unfold(field.schema()));
      case ARRAY -> unfold(schema.getElementType());
      case MAP -> unfold(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::unfold);
      default -> {}
    }
    path.pop();
  }

  /** A writer's schema from which the reader's record cannot be read. */
  static final class IncompatibleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleException(String message) {
      super(message);
    }
  }
}
