/**
 * What a change of policies would do: which connections between running workloads change their verdict. Pods that no rule
 * tells apart are judged once, and so are ports; nothing is sampled. Pure.
 *
 * <p>Read in this order: {@code Manifests} (what would be applied), {@code Groups} (who is there), {@code Judge} (the say of
 * one group in one direction, before and after), {@code Comparison} (pairs), {@code WhatIf} (the answer).
 */
@NullMarked
package dev.heddle.cli.whatif;

import org.jspecify.annotations.NullMarked;
