/** Seeded random clusters, policies and rules, and what must hold for all of them. */
@NullMarked
package dev.heddle.policy.random;

import org.jspecify.annotations.NullMarked;
