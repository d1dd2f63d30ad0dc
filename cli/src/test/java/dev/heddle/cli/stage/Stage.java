package dev.heddle.cli.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Plays an API server that has the sample shop, for as long as a command runs. */
public final class Stage {

    private static final Answers SHOP = new Answers(ShopObjects.all());

    private Stage() {}

    /**
     * Ends as the command does.
     *
     * @param arguments the stage's key store (PKCS12) and its password, the kubeconfig to write, and the command
     */
    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[1].toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            store.load(in, password);
        }
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store, password)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Stage::answer);
        server.start();
        Files.writeString(Path.of(arguments[2]), kubeConfig(server.getAddress().getPort(), store, password));
        Process command = new ProcessBuilder(Arrays.asList(arguments).subList(3, arguments.length))
                .inheritIO()
                .start();
        System.exit(command.waitFor());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<String> answer = SHOP.to(exchange.getRequestURI().getPath());
            byte[] body = answer.orElse("{\"kind\":\"Status\",\"code\":404}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** As administrators have it: with a client certificate, here the stage's own. */
    private static String kubeConfig(int port, KeyStore store, char[] password) throws GeneralSecurityException {
        String alias = store.aliases().nextElement();
        String certificate = pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
        String key = pem("PRIVATE KEY", store.getKey(alias, password).getEncoded());
        return """
                apiVersion: v1
                kind: Config
                current-context: stage
                contexts:
                - {name: stage, context: {cluster: stage, user: stage, namespace: shop}}
                clusters:
                - name: stage
                  cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
                users:
                - name: stage
                  user: {client-certificate-data: %s, client-key-data: %s}
                """.formatted(port, certificate, certificate, key);
    }

    /** PEM (RFC 7468), in Base64 as kubeconfigs carry it. */
    private static String pem(String what, byte[] der) {
        String pem = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
