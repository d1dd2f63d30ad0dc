/**
 * The normalized rules: what every policy API is translated into and what everything after it reads.
 *
 * <p>Immutable data and its own validity, nothing else. Translation, evaluation and compilation live in
 * sibling packages.
 */
@NullMarked
package dev.heddle.policy.rule;

import org.jspecify.annotations.NullMarked;
