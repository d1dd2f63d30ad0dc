/** The API server, read only: its objects as the facts that pure code asks for. */
@NullMarked
package dev.heddle.cli.cluster;

import org.jspecify.annotations.NullMarked;
