@NullMarked
package dev.heddle.node.ffm;

import org.jspecify.annotations.NullMarked;
