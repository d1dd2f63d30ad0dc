/** What outlives a daemon on disk. */
@NullMarked
package dev.heddle.node.store;

import org.jspecify.annotations.NullMarked;
