package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts printer columns into the order of the annotations; the generator sorts them by path. */
final class ColumnOrder implements CRDPostProcessor {

    @Override
    public HasMetadata process(HasMetadata crd, String version) {
        CustomResourceDefinition definition = (CustomResourceDefinition) crd;
        List<String> order = CrdYaml.KINDS.stream()
                .filter(kind -> HasMetadata.getKind(kind)
                        .equals(definition.getSpec().getNames().getKind()))
                .flatMap(kind -> Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class)))
                .map(AdditionalPrinterColumn::name)
                .toList();
        definition
                .getSpec()
                .getVersions()
                .forEach(one -> one.getAdditionalPrinterColumns()
                        .sort(Comparator.comparingInt(
                                (CustomResourceColumnDefinition column) -> order.indexOf(column.getName()))));
        return definition;
    }
}
