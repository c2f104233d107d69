package org.nightglass.schemas.serde;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro which classes it may make records of.
 *
 * <p>Since 1.12 Avro makes no class that is not on a list of the whole JVM, empty by default. The
 * usual way is a system property, which every launcher of the program would have to set. Instead,
 * each deserializer adds the very classes that its schema names, and takes none away.
 */
public final class TrustedClasses {
  private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

  private TrustedClasses() {}

  /** Trusts a class generated from a schema, and the classes of the types in that schema. */
  public static void trust(Class<? extends SpecificRecord> type) {
    collect(new SpecificData(type.getClassLoader()).getSchema(type), new ConcurrentHashMap<>());
    NAMES.add(type.getName());
    install(type);
  }

  /** Puts our list beside whatever is there, again where someone has replaced it since. */
  private static synchronized void install(Class<?> type) {
    var current = ClassSecurityValidator.getGlobal();
    if (!current.isTrusted(type)) {
      ClassSecurityValidator.setGlobal(
          ClassSecurityValidator.composite(current, c -> NAMES.contains(c.getName())));
    }
  }

  private static void collect(Schema schema, Map<String, Schema> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.put(schema.getFullName(), schema) == null) {
          NAMES.add(SpecificData.getClassName(schema));
          schema.getFields().forEach(field -> collect(field.schema(), seen));
        }
      }
      case ENUM, FIXED -> NAMES.add(SpecificData.getClassName(schema));
      case ARRAY -> collect(schema.getElementType(), seen);
      case MAP -> collect(schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen));
      default -> {}
    }
  }
}
