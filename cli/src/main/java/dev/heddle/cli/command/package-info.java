/** One class for each command: reads its arguments, asks the cluster, lets pure code answer, prints. */
@NullMarked
package dev.heddle.cli.command;

import org.jspecify.annotations.NullMarked;
