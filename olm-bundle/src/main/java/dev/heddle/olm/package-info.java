/**
 * The bundle for the Operator Lifecycle Manager, written from {@code config/} and the custom resources. What it
 * says about images, permissions and kinds is never typed twice. Build-time only.
 */
@NullMarked
package dev.heddle.olm;

import org.jspecify.annotations.NullMarked;
