// Command attempt makes connections, all at once, and says how each of them ended, a line each:
//
//	attempt TIMEOUT PROTOCOL/HOST:PORT...
//
// prints the target's number, from 0, and "answered", "timed out" or what else happened. A TCP connection is answered
// when it is established; over UDP the server of agnhost netexec is asked for its name, again each second. Two words in
// TIMEOUT's place are about packets that no connection sends: lie, and hear.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

const (
	question     = "hostname"
	askAgainEach = time.Second
)

func main() {
	var err error
	switch {
	case len(os.Args) > 3 && os.Args[1] == "lie":
		err = lie(os.Args[2:])
	case len(os.Args) > 3 && os.Args[1] == "hear":
		err = hear(os.Args[2:])
	case len(os.Args) > 2:
		err = connect(os.Args[1], os.Args[2:])
	default:
		err = errors.New("usage: attempt TIMEOUT PROTOCOL/HOST:PORT... | lie PORT VICTIM/TARGET... | hear PORT TIME")
	}
	if err != nil {
		fail(err.Error())
	}
}

func connect(limit string, targets []string) error {
	timeout, err := time.ParseDuration(limit)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	outcomes := make([]string, len(targets))
	for i, target := range targets {
		protocol, address, _ := strings.Cut(target, "/")
		all.Go(func() { outcomes[i] = outcome(attempt(protocol, address, time.Now().Add(timeout))) })
	}
	all.Wait()
	for i, outcome := range outcomes {
		fmt.Println(i, outcome)
	}
	return nil
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(2)
}

func outcome(err error) string {
	var network net.Error
	switch {
	case err == nil:
		return "answered"
	case errors.As(err, &network) && network.Timeout():
		return "timed out"
	default:
		return err.Error()
	}
}

func attempt(protocol, address string, deadline time.Time) error {
	dialer := net.Dialer{Deadline: deadline}
	connection, err := dialer.Dial(protocol, address)
	if err != nil || protocol == "tcp" {
		return err
	}
	defer connection.Close()
	answer := make([]byte, 1024)
	for {
		if _, err = connection.Write([]byte(question)); err != nil {
			return err
		}
		again := time.Now().Add(askAgainEach)
		if again.After(deadline) {
			again = deadline
		}
		_ = connection.SetReadDeadline(again)
		var network net.Error
		_, err = connection.Read(answer)
		if !errors.As(err, &network) || !network.Timeout() || again.Equal(deadline) {
			return err
		}
	}
}
