/** Tests of the whole plugin: the arrows between its packages, and commands against a real API server. */
@NullMarked
package dev.heddle.cli;

import org.jspecify.annotations.NullMarked;
