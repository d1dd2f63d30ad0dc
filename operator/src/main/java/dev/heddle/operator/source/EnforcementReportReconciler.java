package dev.heddle.operator.source;

import dev.heddle.crds.EnforcementReport;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** The reports as they were last written, so that a new leader repeats no event. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class EnforcementReportReconciler extends Feeding<StoredReport> {

    public EnforcementReportReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredReport object) {
        if (EnforcementReport.NAME.equals(object.getMetadata().getName())) {
            index.putReport(object.getMetadata().getNamespace(), object.getStatus());
        }
    }

    @Override
    void remove(Index index, StoredReport object) {
        index.putReport(object.getMetadata().getNamespace(), null);
    }
}
