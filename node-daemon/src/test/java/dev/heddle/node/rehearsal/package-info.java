/** The rehearsal's stage, as far as it can be wrong without the image build noticing. */
@NullMarked
package dev.heddle.node.rehearsal;

import org.jspecify.annotations.NullMarked;
