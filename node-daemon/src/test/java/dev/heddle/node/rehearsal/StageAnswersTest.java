package dev.heddle.node.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageAnswersTest {
    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods, true",
        "/api/v1/namespaces, true",
        "/api/v1/namespaces/shop, false",
        "/api/v1/namespaces/shop/pods, true",
        "/api/v1/namespaces/shop/pods/web, false",
        "/apis/heddle.dev/v1alpha1/identities, true",
        "/apis/heddle.dev/v1alpha1/identities/3fa1, false",
        "/apis/coordination.k8s.io/v1/namespaces/shop/leases/leader, false",
    })
    void listsAreToldFromNames(String path, boolean list) {
        assertThat(StageAnswers.isList(path)).isEqualTo(list);
    }
}
