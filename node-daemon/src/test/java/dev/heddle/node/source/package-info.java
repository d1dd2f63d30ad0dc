/** What API objects become, and what the daemon hears from a real API server. */
@NullMarked
package dev.heddle.node.source;

import org.jspecify.annotations.NullMarked;
