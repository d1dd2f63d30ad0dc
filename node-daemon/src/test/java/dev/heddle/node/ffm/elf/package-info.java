@NullMarked
package dev.heddle.node.ffm.elf;

import org.jspecify.annotations.NullMarked;
