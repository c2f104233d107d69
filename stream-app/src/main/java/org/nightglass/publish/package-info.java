/** The way out: from decisions and rejections to the Avro records that others read. */
@NullMarked
package org.nightglass.publish;

import org.jspecify.annotations.NullMarked;
