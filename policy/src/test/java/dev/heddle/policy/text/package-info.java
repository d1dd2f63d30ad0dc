/** Policies and rules as text: read as people write them, printed as people read them. */
@NullMarked
package dev.heddle.policy.text;

import org.jspecify.annotations.NullMarked;
