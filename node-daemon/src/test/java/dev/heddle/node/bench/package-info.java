/**
 * Benchmarks, run by {@code hack/bench.sh}: side by side in one run, a printed table, JSON lines. They assert that the
 * right thing was measured, never a time.
 */
@NullMarked
package dev.heddle.node.bench;

import org.jspecify.annotations.NullMarked;
