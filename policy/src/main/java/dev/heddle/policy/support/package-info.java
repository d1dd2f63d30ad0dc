/**
 * What a datapath can enforce of the normalized rules, and what becomes of the rest: closed, and said so. Pure.
 * Translation is complete without it; it is the one place to change when the datapath learns something.
 */
@NullMarked
package dev.heddle.policy.support;

import org.jspecify.annotations.NullMarked;
