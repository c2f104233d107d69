package org.nightglass.fits;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a DESI coadd says of its rows. Files differ widely in that: some have but TARGETID.
 *
 * <p>A coadd adds up exposures of several nights and belongs to the last: its MJD is the start of
 * the last exposure, its exposure time the sum of all. Without single exposures (EXP_FIBERMAP) the
 * MJD is the fibre map's, or else local midnight of the night that the header or the file's name
 * states, or else, with a warning in the log, the time when the file was written, before which it
 * was observed.
 */
final class DesiObservations {
  private static final Logger LOG = LoggerFactory.getLogger(DesiObservations.class);
  private static final double MJD_OF_UNIX_EPOCH = 40_587;
  private static final double SECONDS_PER_DAY = 86_400;

  /** Kitt Peak is seven hours behind UTC, all the year. */
  private static final ZoneOffset KITT_PEAK = ZoneOffset.ofHours(-7);

  private static final Pattern THROUGH_NIGHT = Pattern.compile("thru(\\d{8})");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");

  private static final List<String> MJD_COLUMNS = List.of("MAX_MJD", "LAST_MJD", "MEAN_MJD", "MJD");
  private static final List<String> TARGET_COLUMNS =
      List.of("DESI_TARGET", "SV1_DESI_TARGET", "SV2_DESI_TARGET", "SV3_DESI_TARGET");
  private static final long LRG_OR_ELG_OR_BGS = 1L | 1L << 1 | 1L << 60;
  private static final long QSO = 1L << 2;
  private static final long MWS = 1L << 61;

  private final FitsFile file;
  private final FitsTable fibremap;
  private final Header header;
  private final long[] targetIds;
  private final long[] targetBits;
  private final Map<Long, Exposures> exposures;
  private final @Nullable LocalDate headerNight;
  private final @Nullable Double fallbackMjd;

  DesiObservations(FitsFile file, FitsTable fibremap) {
    this.file = file;
    this.fibremap = fibremap;
    this.header = file.primaryHeader();
    this.targetIds = fibremap.longs("TARGETID");
    this.targetBits = targetBits(fibremap);
    this.exposures = exposures(file.table("EXP_FIBERMAP"));
    this.headerNight = headerNight();
    this.fallbackMjd = fallbackMjd();
  }

  /** A target's exposures: the last one's start and night, and the time of all together. */
  private record Exposures(double lastMjd, @Nullable String lastNight, double seconds) {
    static Exposures both(Exposures a, Exposures b) {
      Exposures last = a.lastMjd > b.lastMjd ? a : b;
      return new Exposures(last.lastMjd, last.lastNight, a.seconds + b.seconds);
    }
  }

  Observation row(int row) {
    long target = targetIds[row];
    Exposures seen = exposures.get(target);
    return new Observation(
        file.stem() + "-" + target,
        "desi-" + target,
        kind(fibremap.text("OBJTYPE", row)),
        "desi",
        programme(),
        field(row),
        exposureId(),
        fibre(row),
        fibremap.number("TARGET_RA", row),
        fibremap.number("TARGET_DEC", row),
        mjd(row, seen),
        seen == null ? fibremap.number("COADD_EXPTIME", row) : (Double) seen.seconds,
        production(),
        night(seen),
        selectedAs(row));
  }

  private static ObjectKind kind(@Nullable String objectType) {
    return "SKY".equals(objectType) ? ObjectKind.SKY : ObjectKind.TARGET;
  }

  private String programme() {
    String programme = headerText("PROGRAM");
    return (programme == null ? orUnknown(headerText("FAPRGRM")) : programme)
        .toLowerCase(Locale.ROOT);
  }

  private String field(int row) {
    Double tile = fibremap.number("TILEID", row);
    if (tile != null) {
      return Long.toString(tile.longValue());
    }
    String pixel = headerText("HPXPIXEL");
    return headerText("TILEID") != null || pixel == null
        ? orUnknown(headerText("TILEID"))
        : "healpix-" + pixel;
  }

  private String exposureId() {
    String group = headerText("SPGRP");
    String value = headerText("SPGRPVAL");
    return group == null || value == null ? file.stem() : group + "-" + value;
  }

  private int fibre(int row) {
    Double fibre = fibremap.number("FIBER", row);
    return fibre == null ? -1 : fibre.intValue();
  }

  private double mjd(int row, @Nullable Exposures seen) {
    if (seen != null) {
      return seen.lastMjd;
    }
    for (String column : MJD_COLUMNS) {
      Double mjd = fibremap.number(column, row);
      if (mjd != null) {
        return mjd;
      }
    }
    if (fallbackMjd == null) {
      throw file.unreadable(
          "states no time: no EXP_FIBERMAP, no MJD in FIBERMAP, no NIGHT, no date", null);
    }
    return fallbackMjd;
  }

  private @Nullable String night(@Nullable Exposures seen) {
    if (seen != null) {
      return seen.lastNight;
    }
    return headerNight == null ? null : headerNight.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private String production() {
    for (int i = 0; i < 100; i++) {
      if ("SPECPROD".equals(headerText("DEPNAM%02d".formatted(i)))) {
        return orUnknown(headerText("DEPVER%02d".formatted(i)));
      }
    }
    return "unknown";
  }

  /** The one family of classes that a target's bits name; null where they name several or none. */
  private @Nullable String selectedAs(int row) {
    long bits = targetBits[row];
    boolean galaxy = (bits & LRG_OR_ELG_OR_BGS) != 0;
    boolean quasar = (bits & QSO) != 0;
    boolean star = (bits & MWS) != 0;
    if ((galaxy ? 1 : 0) + (quasar ? 1 : 0) + (star ? 1 : 0) != 1) {
      return null;
    }
    return galaxy ? "GALAXY" : quasar ? "QSO" : "STAR";
  }

  private static long[] targetBits(FitsTable fibremap) {
    long[] bits = new long[fibremap.rows()];
    for (String column : TARGET_COLUMNS) {
      if (fibremap.has(column)) {
        long[] more = fibremap.longs(column);
        for (int row = 0; row < bits.length; row++) {
          bits[row] |= more[row];
        }
      }
    }
    return bits;
  }

  private static Map<Long, Exposures> exposures(@Nullable FitsTable table) {
    Map<Long, Exposures> exposures = new HashMap<>();
    if (table == null || !table.has("TARGETID") || !table.has("MJD")) {
      return exposures;
    }
    long[] targets = table.longs("TARGETID");
    double[] mjds = table.doubles("MJD");
    double[] seconds = table.has("EXPTIME") ? table.doubles("EXPTIME") : new double[mjds.length];
    long[] nights = table.has("NIGHT") ? table.longs("NIGHT") : null;
    for (int i = 0; i < targets.length; i++) {
      String night = nights == null ? null : Long.toString(nights[i]);
      exposures.merge(targets[i], new Exposures(mjds[i], night, seconds[i]), Exposures::both);
    }
    return exposures;
  }

  private @Nullable LocalDate headerNight() {
    LocalDate night = date(headerText("NIGHT"));
    Matcher name = THROUGH_NIGHT.matcher(file.stem());
    return night == null && name.find() ? date(name.group(1)) : night;
  }

  private @Nullable Double fallbackMjd() {
    if (headerNight != null) {
      return mjd(headerNight.plusDays(1).atStartOfDay().toEpochSecond(KITT_PEAK));
    }
    HeaderCard checksum = header.findCard("CHECKSUM");
    String written = headerText("DATE");
    Matcher time =
        TIME.matcher(
            (written == null ? "" : written)
                + (checksum == null || checksum.getComment() == null ? "" : checksum.getComment()));
    if (!time.find()) {
      return null;
    }
    if (exposures.isEmpty() && MJD_COLUMNS.stream().noneMatch(fibremap::has)) {
      LOG.warn(
          "{} states no time of observation; taking that of its writing, {}",
          file.path(),
          time.group());
    }
    return mjd(LocalDateTime.parse(time.group()).toEpochSecond(ZoneOffset.UTC));
  }

  private static double mjd(long unixSeconds) {
    return MJD_OF_UNIX_EPOCH + unixSeconds / SECONDS_PER_DAY;
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** A header's value as text, whatever its type; null where there is none. */
  private @Nullable String headerText(String key) {
    HeaderCard card = header.findCard(key);
    String value = card == null ? null : card.getValue();
    return value == null || value.isBlank() ? null : value.trim();
  }

  private static String orUnknown(@Nullable String text) {
    return text == null ? "unknown" : text;
  }
}
