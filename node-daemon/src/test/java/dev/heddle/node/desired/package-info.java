/** Cases of {@code dev.heddle.node.desired}. */
@NullMarked
package dev.heddle.node.desired;

import org.jspecify.annotations.NullMarked;
