/** Cases of {@code dev.heddle.node.report}. */
@NullMarked
package dev.heddle.node.report;

import org.jspecify.annotations.NullMarked;
