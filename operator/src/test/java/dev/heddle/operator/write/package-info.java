/** Tests of when things are written and collected. No API server. */
@NullMarked
package dev.heddle.operator.write;

import org.jspecify.annotations.NullMarked;
