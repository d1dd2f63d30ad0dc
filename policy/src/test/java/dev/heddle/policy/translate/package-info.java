/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.translate;

import org.jspecify.annotations.NullMarked;
