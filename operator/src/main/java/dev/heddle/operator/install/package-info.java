/**
 * The installation: what the Heddle object asks for on every node, as objects that the operator applies and owns.
 *
 * <p>Builders are pure functions of the spec; {@link dev.heddle.operator.install.HeddleReconciler} applies them.
 */
@NullMarked
package dev.heddle.operator.install;

import org.jspecify.annotations.NullMarked;
