/** Answers as people and programs read them: aligned tables, colours, JSON and YAML. Pure. */
@NullMarked
package dev.heddle.cli.render;

import org.jspecify.annotations.NullMarked;
