package dev.heddle.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import dev.heddle.operator.write.Loop;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is watched goes into the index, what is written comes out of it, and nothing goes another way. */
class ArrowsTest {

    /** All of them, without what they share. */
    private static final DescribedPredicate<JavaClass> RECONCILERS = assignableTo(Reconciler.class)
            .and(not(modifier(JavaModifier.ABSTRACT)))
            .as("are reconcilers");

    private final JavaClasses operator =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.heddle.operator");

    @Test
    void theIndexIsPure() {
        classes()
                .that()
                .resideInAPackage("dev.heddle.operator.index..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.heddle.operator.index..",
                        "dev.heddle.crds..",
                        "dev.heddle.policy..",
                        "io.fabric8.kubernetes.api.model..",
                        "java.lang..",
                        "java.util..",
                        "org.jspecify.annotations")
                .check(operator);
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.operator.index..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .check(operator);
    }

    @Test
    void whatIsWatchedOnlyFeedsTheIndex() {
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.operator.source..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.heddle.operator.write..").and(not(type(Feed.class))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "dev.heddle.operator.install..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(KubernetesClient.class)
                .check(operator);
    }

    @Test
    void whatIsWrittenKnowsNoReconciler() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.heddle.operator.write..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.heddle.operator.source..", "dev.heddle.operator.install..", "io.javaoperatorsdk..")
                .check(operator);
    }

    @Test
    void reconcilersDoNotTalkToEachOther() {
        noClasses().should().dependOnClassesThat(RECONCILERS).check(operator);
    }

    @Test
    void whatAnInstallationConsistsOfIsAFunctionOfItsSpec() {
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.operator.install..")
                .and()
                .areNotAssignableTo(Reconciler.class)
                .and()
                .doNotHaveSimpleName("Detachment")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(KubernetesClient.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .check(operator);
    }

    @Test
    void oneThreadOwnsTheIndexAndOneClockTellsTheTime() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Loop.class)
                .should()
                .callConstructor(Index.class)
                .check(operator);
        noClasses()
                .that()
                .doNotBelongToAnyOf(Wiring.class)
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(operator);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.heddle.operator.(*)..").should().beFreeOfCycles().check(operator);
    }
}
