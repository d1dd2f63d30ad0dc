/** A sample cluster as its API server has it, and a stage that plays that API server while the build rehearses. */
@NullMarked
package dev.heddle.cli.stage;

import org.jspecify.annotations.NullMarked;
