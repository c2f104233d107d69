package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.nightglass.evaluate.Html;
import org.nightglass.evaluate.PageStyle;

/** The report as one page that needs no other file and no network. */
final class ReportHtml {
  private static final List<String> STEPS =
      List.of("targeted", "assigned", "observed", "valid", "classified", "good_z");
  private static final int MOST_REJECTS = 50;

  private ReportHtml() {}

  static String page(NightReport report) {
    StringBuilder page = new StringBuilder();
    String title = "Night " + report.night();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.append("<title>%s, Nightglass</title>".formatted(Html.escape(title)));
    page.append("<style>").append(PageStyle.CSS).append("</style></head><body><main>");
    page.append("<h1>%s</h1>".formatted(Html.escape(title)));
    page.append("<p class=\"note\">%s</p>".formatted(Html.escape(report.state())));
    tiles(page, report.total());
    funnels(page, report);
    plots(page, new ReportPlots(report));
    classes(page, report.total());
    ratios(page, report.total());
    quantiles(page, report.total());
    rejects(page, report);
    return page.append("</main></body></html>\n").toString();
  }

  private static void tiles(StringBuilder page, JsonNode total) {
    page.append("<div class=\"tiles\">");
    for (String step : STEPS) {
      page.append(
          "<div class=\"tile\"><b>%s</b><span>%s</span></div>"
              .formatted(count(total.path(step)), words(step)));
    }
    page.append("</div>");
  }

  private static void funnels(StringBuilder page, NightReport report) {
    page.append("<h2>Funnel by programme</h2><div class=\"wide\"><table><tr><th>programme</th>");
    STEPS.forEach(step -> page.append("<th>").append(words(step)).append("</th>"));
    page.append("<th>success rate</th><th>redshift completeness</th></tr>");
    report.overview().path("programmes").forEach(one -> funnel(page, one, "<tr>"));
    if (!report.total().isEmpty()) {
      funnel(page, report.total(), "<tr class=\"sum\">");
    }
    page.append("</table></div>");
  }

  private static void funnel(StringBuilder page, JsonNode scope, String row) {
    String programme = scope.path("programme").asText("null");
    page.append(row)
        .append("<td>")
        .append(Html.escape(programme.equals("null") ? "all" : programme))
        .append("</td>");
    STEPS.forEach(step -> page.append("<td>").append(count(scope.path(step))).append("</td>"));
    page.append("<td>").append(ratio(scope, "success_rate")).append("</td>");
    page.append("<td>").append(ratio(scope, "redshift_completeness")).append("</td></tr>");
  }

  private static void plots(StringBuilder page, ReportPlots plots) {
    page.append("<h2>The night in plots</h2><div class=\"grid2\">");
    figure(
        page,
        "Yield",
        plots.yield(),
        "Unique targets until each minute, by the end of their exposure.");
    figure(
        page,
        "Success by S/N",
        plots.success(),
        "Share of valid targets, each with its best spectrum, with a good redshift. Bars: 68.3 % binomial.");
    figure(page, "n(z)", plots.redshifts(), "Good redshifts by class found.");
    figure(
        page,
        "Fields",
        plots.sky(),
        "Where the night's fields are. Share of assigned targets with a good redshift.");
    figure(
        page,
        "Fibres",
        plots.fibres(),
        "Good redshifts among single valid spectra, in twenty blocks of neighbouring fibres. Bars: 68.3 % binomial. A block far below the others is worth a look.");
    figure(
        page,
        "Latency",
        plots.latency(),
        "From the broker's taking a spectrum to its result, by the minute in which its exposure ended.");
    page.append("</div>");
  }

  private static void figure(StringBuilder page, String title, String svg, String caption) {
    page.append(
        "<figure><h3>%s</h3>%s<figcaption>%s</figcaption></figure>"
            .formatted(Html.escape(title), svg, Html.escape(caption)));
  }

  private static void classes(StringBuilder page, JsonNode total) {
    page.append("<h2>Classes found against classes selected as</h2><div class=\"wide\"><table>");
    page.append("<tr><th>selected as</th><th>found</th><th>valid</th><th>good z</th></tr>");
    for (JsonNode one : total.path("class_mix")) {
      String selected = one.path("selected_as").asText();
      page.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
              .formatted(
                  Html.escape(selected.isEmpty() ? "–" : selected),
                  Html.escape(one.path("class_label").asText()),
                  count(one.path("valid")),
                  count(one.path("good_z"))));
    }
    page.append("</table></div>");
  }

  private static void ratios(StringBuilder page, JsonNode total) {
    page.append("<h2>Ratios</h2><div class=\"wide\"><table><tr><th>ratio</th><th>value</th></tr>");
    for (JsonNode one : total.path("ratios")) {
      String name = one.path("name").asText();
      page.append(
          "<tr><td>%s</td><td>%s</td></tr>"
              .formatted(Html.escape(words(name)), ratio(total, name)));
    }
    page.append("</table></div>");
    JsonNode reason = total.path("forecast_null_reason");
    if (reason.isTextual()) {
      page.append("<p class=\"note\">No forecast: %s</p>".formatted(Html.escape(reason.asText())));
    }
  }

  private static void quantiles(StringBuilder page, JsonNode total) {
    List<String> parts = List.of("p05", "p16", "p50", "p84", "p95", "p99");
    page.append("<h2>Quantiles</h2><div class=\"wide\"><table><tr><th>quantity</th><th>count</th>");
    parts.forEach(
        part -> page.append("<th>").append(Integer.parseInt(part.substring(1))).append(" %</th>"));
    page.append("</tr>");
    for (JsonNode one : total.path("quantiles")) {
      page.append("<tr><td>")
          .append(Html.escape(quantity(one.path("name").asText())))
          .append("</td><td>")
          .append(count(one.path("count")))
          .append("</td>");
      for (String part : parts) {
        JsonNode value = one.path(part);
        page.append("<td>")
            .append(value.isNumber() ? "%.4g".formatted(value.asDouble()) : "–")
            .append("</td>");
      }
      page.append("</tr>");
    }
    page.append("</table></div>");
  }

  private static void rejects(StringBuilder page, NightReport report) {
    List<JsonNode> rejects = report.rejects();
    page.append("<h2>Rejects</h2>");
    if (rejects.isEmpty()) {
      page.append("<p>None.</p>");
      return;
    }
    page.append(
        "<p>%d in all%s.</p>"
            .formatted(
                rejects.size(),
                rejects.size() > MOST_REJECTS
                    ? ", the latest " + MOST_REJECTS + " of them below; rejects.csv has all"
                    : ""));
    page.append(
        "<div class=\"wide\"><table><tr><th>reason</th><th>spectrum</th><th>message</th></tr>");
    rejects.stream()
        .limit(MOST_REJECTS)
        .forEach(
            one ->
                page.append(
                    "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                            Html.escape(one.path("reason").asText()),
                            Html.escape(one.path("spectrum_id").asText("–")),
                            Html.escape(one.path("message").asText()))));
    page.append("</table></div>");
  }

  private static String ratio(JsonNode scope, String name) {
    for (JsonNode one : scope.path("ratios")) {
      if (one.path("name").asText().equals(name)) {
        return one.path("value").isNumber()
            ? "%.1f %% <small>%.1f–%.1f</small>"
                .formatted(
                    100 * one.path("value").asDouble(),
                    100 * one.path("low").asDouble(),
                    100 * one.path("high").asDouble())
            : "– <small>%s</small>".formatted(Html.escape(one.path("null_reason").asText()));
      }
    }
    return "–";
  }

  private static String count(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong()) : "–";
  }

  private static String quantity(String name) {
    return switch (name) {
      case "snr" -> "S/N per pixel";
      case "z_err" -> "redshift error";
      case "result_latency" -> "exposure's end to result (s)";
      case "processing_latency" -> "broker to result (s)";
      default -> words(name);
    };
  }

  private static String words(String name) {
    return name.replace("good_z", "good z").replace('_', ' ');
  }
}
