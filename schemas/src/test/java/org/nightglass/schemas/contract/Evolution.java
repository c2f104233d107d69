package org.nightglass.schemas.contract;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** FULL_TRANSITIVE, as registries call it: every version reads every other, both ways. */
final class Evolution {
  private Evolution() {}

  /** What breaks between versions, oldest first; empty if nothing does. */
  static List<String> faults(List<Schema> versions) {
    List<String> faults = new ArrayList<>();
    for (int reader = 0; reader < versions.size(); reader++) {
      for (int writer = 0; writer < versions.size(); writer++) {
        var result =
            SchemaCompatibility.checkReaderWriterCompatibility(
                versions.get(reader), versions.get(writer));
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
          faults.add(
              "version %d cannot read version %d: %s"
                  .formatted(reader + 1, writer + 1, result.getResult().getIncompatibilities()));
        }
      }
    }
    return faults;
  }
}
