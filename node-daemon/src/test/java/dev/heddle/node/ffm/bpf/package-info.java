@NullMarked
package dev.heddle.node.ffm.bpf;

import org.jspecify.annotations.NullMarked;
