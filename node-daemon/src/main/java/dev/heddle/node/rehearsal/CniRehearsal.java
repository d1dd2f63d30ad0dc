package dev.heddle.node.rehearsal;

import dev.heddle.node.cni.Attachment;
import dev.heddle.node.cni.AttachmentId;
import dev.heddle.node.cni.CniOutcome;
import dev.heddle.node.cni.CniServer;
import dev.heddle.node.cni.PodNetwork;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One ADD through the CNI socket, bytes as the plugin sends them. */
final class CniRehearsal implements PodNetwork {
    private CniRehearsal() {}

    static void run(Path folder) throws IOException {
        Path socket = folder.resolve("cni.sock");
        try (CniServer _ = CniServer.listen(socket, new CniRehearsal());
                SocketChannel plugin = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            plugin.write(request());
            plugin.read(ByteBuffer.allocate(4096));
        }
    }

    private static ByteBuffer request() {
        byte[] environment = """
                CNI_COMMAND=ADD
                CNI_CONTAINERID=c1
                CNI_NETNS=/run/netns/x
                CNI_IFNAME=eth0
                CNI_ARGS=K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-1
                """.replace('\n', '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] config = """
                {"cniVersion": "1.0.0", "name": "pods", "prevResult": {"ips": [{"address": "10.244.1.7/24"}]}}""".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(12 + environment.length + config.length)
                .put("HDL1".getBytes(StandardCharsets.US_ASCII))
                .putInt(environment.length)
                .putInt(config.length)
                .put(environment)
                .put(config)
                .flip();
    }

    @Override
    public CompletionStage<CniOutcome> add(Attachment attachment, Consumer<String> awaiting) {
        return done();
    }

    @Override
    public CompletionStage<CniOutcome> del(AttachmentId attachment) {
        return done();
    }

    @Override
    public CompletionStage<CniOutcome> check(Attachment attachment) {
        return done();
    }

    @Override
    public CompletionStage<CniOutcome> gc(Set<AttachmentId> valid) {
        return done();
    }

    @Override
    public CompletionStage<CniOutcome> status() {
        return done();
    }

    private static CompletionStage<CniOutcome> done() {
        return CompletableFuture.completedFuture(CniOutcome.done());
    }
}
