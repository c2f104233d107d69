package org.nightglass.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a report: the page, the tables in CSV, and all tables in one FITS file. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * @param folder made if it is not there; files of an earlier report are replaced
   * @return the files, the page first
   */
  public static List<Path> write(NightReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    Path page = folder.resolve("night-" + report.night() + ".html");
    Files.writeString(page, ReportHtml.page(report), StandardCharsets.UTF_8);
    files.add(page);
    List<NightTable> tables = NightTable.of(report);
    Path fits = folder.resolve("night-" + report.night() + ".fits");
    Files.deleteIfExists(fits);
    FitsTables.write(report, tables, fits);
    files.add(fits);
    for (NightTable table : tables) {
      Path csv = folder.resolve("night-" + report.night() + "-" + table.name() + ".csv");
      Files.writeString(csv, table.csv(), StandardCharsets.UTF_8);
      files.add(csv);
    }
    return files;
  }
}
