/**
 * Policy APIs become normalized rules here; pure. Everything an object says is translated, also what no
 * datapath can enforce yet: that is cut off by {@code policy.support}. No knowledge of nodes, pods or tables.
 */
@NullMarked
package dev.heddle.policy.translate;

import org.jspecify.annotations.NullMarked;
