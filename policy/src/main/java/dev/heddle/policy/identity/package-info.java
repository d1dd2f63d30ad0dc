/** Who is who: identities by labels, and which labels never matter. Pure data. */
@NullMarked
package dev.heddle.policy.identity;

import org.jspecify.annotations.NullMarked;
