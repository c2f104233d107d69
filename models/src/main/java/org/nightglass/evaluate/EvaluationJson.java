package org.nightglass.evaluate;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Writes every number of an evaluation; null where one could not be computed. */
public final class EvaluationJson {
  /** The file's name. */
  public static final String FILE = "evaluation.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private EvaluationJson() {}

  /**
   * @param folder that is there
   * @throws IOException if it cannot be written
   */
  public static Path write(Evaluation evaluation, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    JSON.writeValue(file.toFile(), evaluation);
    return file;
  }
}
