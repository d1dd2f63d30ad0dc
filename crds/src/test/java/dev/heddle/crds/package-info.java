/** Tests of the contract: its codec, its schemas, and what a real API server admits and refuses. */
@NullMarked
package dev.heddle.crds;

import org.jspecify.annotations.NullMarked;
