package dev.heddle.e2e;

class IptablesKubeProxyTest extends KubeProxyTest {

    IptablesKubeProxyTest() {
        super(KubeProxy.Mode.IPTABLES);
    }
}
