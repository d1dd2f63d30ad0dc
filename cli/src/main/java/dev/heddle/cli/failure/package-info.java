/** Why a command has no answer. */
@NullMarked
package dev.heddle.cli.failure;

import org.jspecify.annotations.NullMarked;
