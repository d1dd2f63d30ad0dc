@NullMarked
package dev.heddle.node.services;

import org.jspecify.annotations.NullMarked;
