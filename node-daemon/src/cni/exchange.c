// SPDX-License-Identifier: Apache-2.0
#include "exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define MAGIC "HDL1"
#define MAX_ANSWER (16u << 20)

struct head {
	char magic[4];
	uint32_t first;
	uint32_t second;
};
_Static_assert(sizeof(struct head) == 12, "the head of both messages has no padding");

struct connection {
	int fd;
	int64_t deadline_ms;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits until the socket is ready for @events; -1 with ETIMEDOUT at the deadline. */
static int await(const struct connection *c, short events)
{
	struct pollfd p = { .fd = c->fd, .events = events };

	for (;;) {
		int64_t left = c->deadline_ms - now_ms();
		int ready = left > 0 ? poll(&p, 1, (int)left) : 0;

		if (ready > 0)
			return 0;
		if (!ready) {
			errno = ETIMEDOUT;
			return -1;
		}
		if (errno != EINTR)
			return -1;
	}
}

/* Only a signal or an empty (or full) socket is a reason to go on. */
static int passing(int why)
{
	return why == EINTR || why == EAGAIN;
}

static int send_all(const struct connection *c, const void *data, size_t length)
{
	const char *at = data;

	while (length) {
		ssize_t n;

		if (await(c, POLLOUT))
			return -1;
		n = send(c->fd, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && passing(errno))
			continue;
		if (n < 0)
			return -1;
		at += n;
		length -= (size_t)n;
	}
	return 0;
}

static int receive_all(const struct connection *c, void *data, size_t length)
{
	char *at = data;

	while (length) {
		ssize_t n;

		if (await(c, POLLIN))
			return -1;
		n = recv(c->fd, at, length, MSG_DONTWAIT);
		if (n < 0 && passing(errno))
			continue;
		if (!n)
			errno = ECONNRESET;
		if (n <= 0)
			return -1;
		at += n;
		length -= (size_t)n;
	}
	return 0;
}

static const char *dial(const char *path, struct connection *c)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct timeval bound = { .tv_sec = 5 }; /* connect waits only while the backlog is full */

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return "the socket's path is too long";
	}
	memcpy(address.sun_path, path, strlen(path));
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return "no socket could be made";
	setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof(bound));
	if (connect(c->fd, (struct sockaddr *)&address, sizeof(address)))
		return "the node daemon is not there";
	return NULL;
}

static const char *receive(const struct connection *c, struct answer *answer)
{
	struct head head;

	if (receive_all(c, &head, sizeof(head)))
		return "the node daemon did not answer";
	answer->exit_code = ntohl(head.first);
	answer->text.length = ntohl(head.second);
	if (memcmp(head.magic, MAGIC, sizeof(head.magic)) || answer->text.length > MAX_ANSWER) {
		errno = EPROTO;
		return "the node daemon speaks another version";
	}
	answer->text.data = malloc(answer->text.length + 1);
	if (!answer->text.data || receive_all(c, answer->text.data, answer->text.length))
		return "the node daemon's answer broke off";
	return NULL;
}

const char *exchange(const char *socket_path, const struct buffer *environment,
		     const struct buffer *config, unsigned int seconds, struct answer *answer)
{
	struct head head = { MAGIC, htonl((uint32_t)environment->length),
			     htonl((uint32_t)config->length) };
	struct connection c = { -1, now_ms() + (int64_t)seconds * 1000 };
	const char *problem = dial(socket_path, &c);

	if (!problem && (send_all(&c, &head, sizeof(head)) ||
			 send_all(&c, environment->data, environment->length) ||
			 send_all(&c, config->data, config->length)))
		problem = "the node daemon did not take the request";
	if (!problem)
		problem = receive(&c, answer);
	if (c.fd >= 0) {
		int why = errno;

		close(c.fd);
		errno = why;
	}
	return problem;
}
