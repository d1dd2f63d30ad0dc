/** Tests of the package of the same name. */
@NullMarked
package dev.heddle.policy.oracle;

import org.jspecify.annotations.NullMarked;
