/** The committed bundle is what the generator writes, and says what {@code config/} says. */
@NullMarked
package dev.heddle.olm;

import org.jspecify.annotations.NullMarked;
