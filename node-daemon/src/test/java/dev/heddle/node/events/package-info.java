/** Cases of {@code dev.heddle.node.events}. */
@NullMarked
package dev.heddle.node.events;

import org.jspecify.annotations.NullMarked;
