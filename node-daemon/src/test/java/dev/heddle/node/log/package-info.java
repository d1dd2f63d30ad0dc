@NullMarked
package dev.heddle.node.log;

import org.jspecify.annotations.NullMarked;
