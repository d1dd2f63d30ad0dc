/** Cases of {@code dev.heddle.node.loop}. */
@NullMarked
package dev.heddle.node.loop;

import org.jspecify.annotations.NullMarked;
