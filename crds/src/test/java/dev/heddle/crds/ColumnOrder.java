package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts printer columns into the order of the annotations; the generator sorts them by path. */
final class ColumnOrder {

    private ColumnOrder() {}

    static void putInto(CustomResourceDefinition definition) {
        List<String> order = Arrays.stream(CrdYaml.kind(definition).getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        definition
                .getSpec()
                .getVersions()
                .forEach(one -> one.getAdditionalPrinterColumns()
                        .sort(Comparator.comparingInt(
                                (CustomResourceColumnDefinition column) -> order.indexOf(column.getName()))));
    }
}
