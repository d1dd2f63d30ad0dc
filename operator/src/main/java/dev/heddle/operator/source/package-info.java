/**
 * What the operator watches: one reconciler for each kind, which hands what it sees to the index and writes
 * nothing itself. Kinds of which there are many have slim classes here that leave out what nobody reads.
 */
@NullMarked
package dev.heddle.operator.source;

import org.jspecify.annotations.NullMarked;
