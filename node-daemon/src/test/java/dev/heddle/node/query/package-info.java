/** Questions about the live tables: from the socket to the answer. */
@NullMarked
package dev.heddle.node.query;

import org.jspecify.annotations.NullMarked;
