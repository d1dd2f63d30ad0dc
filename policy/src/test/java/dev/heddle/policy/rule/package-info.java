/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.rule;

import org.jspecify.annotations.NullMarked;
