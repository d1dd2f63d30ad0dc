/** Cases of {@code dev.heddle.node.apply}. */
@NullMarked
package dev.heddle.node.apply;

import org.jspecify.annotations.NullMarked;
