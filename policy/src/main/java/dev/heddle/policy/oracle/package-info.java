/**
 * Naive reference evaluators, written as directly from the APIs' prose as possible: slow, obvious, and the
 * measure of everything else. Used by tests, explain and what-if. Pure; shares no code with the compiler.
 */
@NullMarked
package dev.heddle.policy.oracle;

import org.jspecify.annotations.NullMarked;
