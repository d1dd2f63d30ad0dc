/** Tests of the operator as a whole, against a real API server. */
@NullMarked
package dev.heddle.operator;

import org.jspecify.annotations.NullMarked;
