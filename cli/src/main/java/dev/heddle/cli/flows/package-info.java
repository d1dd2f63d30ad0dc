/** What nodes' daemons heard of flows: which records are wanted, those of all nodes together, and how people read them. Pure. */
@NullMarked
package dev.heddle.cli.flows;

import org.jspecify.annotations.NullMarked;
