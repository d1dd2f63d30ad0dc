package dev.heddle.operator.write;

/** Something decided on the index's thread that is written beside it. */
@FunctionalInterface
interface Write {

    /**
     * Sends the requests and waits for the answers.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or is away
     */
    Outcome send();
}
