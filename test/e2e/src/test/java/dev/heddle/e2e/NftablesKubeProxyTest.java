package dev.heddle.e2e;

class NftablesKubeProxyTest extends KubeProxyTest {

    NftablesKubeProxyTest() {
        super(KubeProxy.Mode.NFTABLES);
    }
}
