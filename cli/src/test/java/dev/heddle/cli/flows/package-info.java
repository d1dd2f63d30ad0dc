/** Cases of {@code dev.heddle.cli.flows}. */
@NullMarked
package dev.heddle.cli.flows;

import org.jspecify.annotations.NullMarked;
