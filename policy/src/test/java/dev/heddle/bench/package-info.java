/**
 * The form that all benchmarks share: Heddle beside a baseline, as a table and as JSON lines. The tests of other modules
 * see it.
 */
@NullMarked
package dev.heddle.bench;

import org.jspecify.annotations.NullMarked;
