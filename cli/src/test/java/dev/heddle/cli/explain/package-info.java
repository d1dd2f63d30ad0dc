/** Tests of the conclusions about one connection: given policies and what nodes say, then the answer. */
@NullMarked
package dev.heddle.cli.explain;

import org.jspecify.annotations.NullMarked;
