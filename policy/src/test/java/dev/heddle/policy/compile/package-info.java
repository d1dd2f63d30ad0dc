/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.compile;

import org.jspecify.annotations.NullMarked;
