/** Objects of a cluster as answers need them: who is there, and which rules the policies make. Pure. */
@NullMarked
package dev.heddle.cli.facts;

import org.jspecify.annotations.NullMarked;
