/**
 * What the daemon keeps in its state folder on the node: which interface is which pod's, what the rule numbers of
 * the last revisions mean, and what API objects said last. Files are written whole or not at all. What an earlier boot left is dropped.
 */
@NullMarked
package dev.heddle.node.store;

import org.jspecify.annotations.NullMarked;
