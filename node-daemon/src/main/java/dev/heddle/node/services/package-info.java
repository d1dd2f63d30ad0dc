/** Where on this node service addresses are translated. Pure: text of {@code /proc} in, a path out. */
@NullMarked
package dev.heddle.node.services;

import org.jspecify.annotations.NullMarked;
