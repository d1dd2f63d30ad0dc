/** Cases of {@code dev.heddle.cli.cluster}. */
@NullMarked
package dev.heddle.cli.cluster;

import org.jspecify.annotations.NullMarked;
