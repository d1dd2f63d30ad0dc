/** Tests of what a change would do: given policies before and after, then what changes. */
@NullMarked
package dev.heddle.cli.whatif;

import org.jspecify.annotations.NullMarked;
