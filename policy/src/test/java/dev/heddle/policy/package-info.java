/** Tests of the module as a whole. */
@NullMarked
package dev.heddle.policy;

import org.jspecify.annotations.NullMarked;
