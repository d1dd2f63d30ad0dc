/**
 * The operator: reads policy and cluster objects, writes policy sets, node states and reports.
 *
 * <p>This package starts the application. Decisions are pure functions in sibling packages; nothing here
 * talks to a node daemon, the API server is the only channel.
 */
@NullMarked
package dev.heddle.operator;

import org.jspecify.annotations.NullMarked;
