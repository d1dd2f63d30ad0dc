/** Tests of commands: given arguments and a cluster that answers, then output and exit code. */
@NullMarked
package dev.heddle.cli.command;

import org.jspecify.annotations.NullMarked;
