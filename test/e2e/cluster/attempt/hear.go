package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"time"
)

// hear prints each address from which a datagram comes in the given time, once: attempt hear PORT TIME.
func hear(arguments []string) error {
	port, err := strconv.Atoi(arguments[0])
	if err != nil {
		return err
	}
	length, err := time.ParseDuration(arguments[1])
	if err != nil {
		return err
	}
	socket, err := net.ListenUDP("udp", &net.UDPAddr{Port: port})
	if err != nil {
		return err
	}
	defer socket.Close()
	_ = socket.SetReadDeadline(time.Now().Add(length))
	heard := map[netip.Addr]bool{}
	for buffer := make([]byte, 1024); ; {
		_, from, err := socket.ReadFromUDPAddrPort(buffer)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil
		}
		if err != nil {
			return err
		}
		if speaker := from.Addr().Unmap(); !heard[speaker] {
			heard[speaker] = true
			fmt.Println(speaker)
		}
	}
}
