/**
 * {@code kubectl heddle}: what is enforced, why a connection is allowed or denied, and what a change would do. It
 * reads from the API server and writes nothing.
 *
 * <p>This package starts the program. {@code command} has one class for each command, {@code cluster} talks to the API
 * server; everything else is pure.
 */
@NullMarked
package dev.heddle.cli;

import org.jspecify.annotations.NullMarked;
