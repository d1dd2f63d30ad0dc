package dev.heddle.node.netns;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs tests inside a machine with another kernel, where processors are emulated and JUnit's engine alone would take most of a
 * minute: plain methods with {@code @Test} and the tag {@code kernels}, each on an instance of its own. {@code test/kernels}
 * starts it and reads its lines, {@code pass CLASS METHOD MILLISECONDS} and {@code fail CLASS METHOD MILLISECONDS}.
 */
final class InMachine {

    private static final String TAG = "kernels";

    private InMachine() {}

    /**
     * Runs classes one after the other.
     *
     * @param classes simple names, of this package
     */
    public static void main(String... classes) throws ReflectiveOperationException {
        boolean passed = true;
        for (String name : classes) {
            Class<?> type = Class.forName(InMachine.class.getPackageName() + "." + name);
            for (Method before : annotated(type, BeforeAll.class)) {
                before.invoke(null);
            }
            for (Method method : annotated(type, Test.class)) {
                if (isTagged(type.getAnnotationsByType(Tag.class))
                        || isTagged(method.getAnnotationsByType(Tag.class))) {
                    passed &= run(type, method);
                }
            }
            for (Method after : annotated(type, AfterAll.class)) {
                after.invoke(null);
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean run(Class<?> type, Method test) throws ReflectiveOperationException {
        long began = System.nanoTime();
        boolean passed = true;
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        try {
            for (Method before : annotated(type, BeforeEach.class)) {
                before.invoke(instance);
            }
            test.invoke(instance);
        } catch (InvocationTargetException e) {
            passed = false;
            Objects.requireNonNull(e.getCause()).printStackTrace(System.out);
        } finally {
            for (Method after : annotated(type, AfterEach.class)) {
                after.invoke(instance);
            }
        }
        System.out.printf(
                "heddle: %s %s %s %d%n",
                passed ? "pass" : "fail",
                type.getSimpleName(),
                test.getName(),
                (System.nanoTime() - began) / 1_000_000);
        return passed;
    }

    private static boolean isTagged(Tag... tags) {
        return Stream.of(tags).anyMatch(tag -> tag.value().equals(TAG));
    }

    /** In an order that does not change. */
    private static List<Method> annotated(Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .sorted(java.util.Comparator.comparing(Method::getName))
                .peek(method -> method.setAccessible(true))
                .toList();
    }
}
