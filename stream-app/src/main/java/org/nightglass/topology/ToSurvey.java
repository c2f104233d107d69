package org.nightglass.topology;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Map;
import org.nightglass.account.Counters;

/**
 * What the account of a programme hears of its targets.
 *
 * @param moves what their changes count up and down, by the key of its scope
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record ToSurvey(Map<String, Counters> moves) {}
