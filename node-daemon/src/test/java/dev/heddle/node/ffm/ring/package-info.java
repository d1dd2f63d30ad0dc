@NullMarked
package dev.heddle.node.ffm.ring;

import org.jspecify.annotations.NullMarked;
