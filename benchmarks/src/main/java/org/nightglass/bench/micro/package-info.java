/** JMH benchmarks of the small parts: {@code ./nightglass bench micro}. */
@NullMarked
package org.nightglass.bench.micro;

import org.jspecify.annotations.NullMarked;
