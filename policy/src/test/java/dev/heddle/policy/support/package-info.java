/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.support;

import org.jspecify.annotations.NullMarked;
