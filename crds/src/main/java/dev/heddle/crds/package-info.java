/**
 * The contract between operator and node daemon: custom resources of {@code heddle.dev/v1alpha1} as records,
 * and the codec between them and the rules of {@code policy}. Schemas under {@code config/crd} are generated
 * from here. ClusterNetworkPolicy is upstream's; Heddle reads it and adds conditions. No client calls, no
 * watching, no decisions.
 */
@NullMarked
package dev.heddle.crds;

import org.jspecify.annotations.NullMarked;
