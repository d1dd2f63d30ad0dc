package dev.heddle.node.netns;

import dev.heddle.node.kernel.Kernel;
import java.lang.reflect.Proxy;

/** A kernel's port that says when it has flipped. */
final class Flips {

    private Flips() {}

    /** @param then runs on the thread that flipped */
    static Kernel watched(Kernel kernel, Runnable then) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(kernel, arguments);
                    if (method.getName().equals("flip")) {
                        then.run();
                    }
                    return answer;
                });
    }
}
