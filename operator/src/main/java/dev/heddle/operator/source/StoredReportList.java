package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredReport}; see {@link PartialObject}. */
public final class StoredReportList extends DefaultKubernetesResourceList<StoredReport> {

    private static final long serialVersionUID = 1L;
}
