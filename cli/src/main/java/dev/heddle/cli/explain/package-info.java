/**
 * Why a connection is allowed or denied: by the policies as they are written, rule by rule, and by the tables in the
 * nodes' kernels. Pure: what the API server and the nodes say comes in as facts.
 *
 * <p>Read in this order: {@code Place} (what a person types), {@code ExplainFacts} (what the cluster says of it), {@code
 * Connection} (what is asked), {@code Explainer} (the conclusion), {@code Explanation} (the answer).
 */
@NullMarked
package dev.heddle.cli.explain;

import org.jspecify.annotations.NullMarked;
