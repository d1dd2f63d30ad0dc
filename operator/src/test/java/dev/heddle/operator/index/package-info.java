/** Tests of what the operator decides: given an index, then its outcome. No API server. */
@NullMarked
package dev.heddle.operator.index;

import org.jspecify.annotations.NullMarked;
