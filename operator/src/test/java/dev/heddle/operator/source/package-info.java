/** Tests of what is kept of the objects that are watched. No API server. */
@NullMarked
package dev.heddle.operator.source;

import org.jspecify.annotations.NullMarked;
