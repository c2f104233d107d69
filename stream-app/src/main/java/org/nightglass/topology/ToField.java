package org.nightglass.topology;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.nightglass.account.Counters;

/**
 * What a field's account hears of its targets.
 *
 * @param moves what their changes count up and down
 * @param nights in which they stand
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record ToField(Counters moves, List<String> nights) {}
