/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.api;

import org.jspecify.annotations.NullMarked;
