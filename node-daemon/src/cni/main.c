// SPDX-License-Identifier: Apache-2.0
/*
 * heddle-cni: forwards ADD, DEL, CHECK, GC and STATUS to Heddle's node daemon.
 * What it prints and returns follows the CNI specification 1.1.0.
 */
#include "exchange.h"
#include "json.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_SOCKET "/run/heddle/cni.sock"
#define DEFAULT_SECONDS 30u
#define MAX_SECONDS 600u
#define SHORT_SECONDS 10u
/* Above the daemon's own bound, so that its answer, which says what is awaited, comes first. */
#define GRACE_SECONDS 3u
#define MAX_CONFIG (16u << 20)

enum error_code {
	INVALID_ENVIRONMENT = 4,
	IO_FAILURE = 5,
	TRY_AGAIN = 11,
	NOT_AVAILABLE = 50,
};

/* What happens when the daemon gives no answer. */
enum when_away { FAIL, SUCCEED };

struct command {
	const char *name;
	enum when_away when_away;
	enum error_code code;
};

/* DEL and GC succeed: the daemon forgets what is gone by its audit. */
static const struct command commands[] = {
	{ "ADD", FAIL, TRY_AGAIN }, { "CHECK", FAIL, TRY_AGAIN },      { "DEL", SUCCEED, 0 },
	{ "GC", SUCCEED, 0 },	    { "STATUS", FAIL, NOT_AVAILABLE },
};

extern char **environ;

static char cni_version[16] = "1.1.0";

/* Takes the runtime's version for our own answers, if it is one. */
static void learn_version(const struct buffer *config)
{
	struct json_value v;

	if (!json_member(config->data, config->length, "cniVersion", &v) || !v.is_string)
		return;
	if (!v.length || v.length >= sizeof(cni_version))
		return;
	for (size_t i = 0; i < v.length; i++)
		if (!isdigit((unsigned char)v.at[i]) && v.at[i] != '.')
			return;
	memcpy(cni_version, v.at, v.length);
	cni_version[v.length] = 0;
}

/* Prints text that may stand between JSON's quotes. */
static void print_quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar((unsigned char)*text < 0x20 ? ' ' : *text);
	}
	putchar('"');
}

static int fail(enum error_code code, const char *message, const char *details)
{
	printf("{\"cniVersion\": \"%s\", \"code\": %d, \"msg\": ", cni_version, code);
	print_quoted(message);
	fputs(", \"details\": ", stdout);
	print_quoted(details);
	puts("}");
	return 1;
}

static int print_versions(void)
{
	printf("{\"cniVersion\": \"%s\", \"supportedVersions\": "
	       "[\"0.3.0\", \"0.3.1\", \"0.4.0\", \"1.0.0\", \"1.1.0\"]}\n",
	       cni_version);
	return 0;
}

/* Returns 0, or -1 with errno set. */
static int read_config(struct buffer *config)
{
	size_t room = 0;

	for (;;) {
		ssize_t n;

		if (config->length == room) {
			char *bigger;

			room = room ? 2 * room : 16384;
			bigger = room > MAX_CONFIG ? NULL : realloc(config->data, room);
			if (!bigger)
				return errno = EFBIG, -1;
			config->data = bigger;
		}
		n = read(STDIN_FILENO, config->data + config->length, room - config->length);
		if (!n)
			return 0;
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			config->length += (size_t)n;
	}
}

/* Packs CNI_* as NUL-ended strings. */
static int pack_environment(struct buffer *packed)
{
	size_t room = 0;

	for (char **e = environ; *e; e++)
		room += strlen(*e) + 1;
	packed->data = malloc(room + 1);
	if (!packed->data)
		return -1;
	for (char **e = environ; *e; e++) {
		size_t length = strlen(*e) + 1;

		if (strncmp(*e, "CNI_", 4))
			continue;
		memcpy(packed->data + packed->length, *e, length);
		packed->length += length;
	}
	return 0;
}

static const char *socket_path(const struct buffer *config)
{
	struct json_value v;
	char *copy;

	if (!json_member(config->data, config->length, "socket", &v) || !v.is_string || !v.length)
		return DEFAULT_SOCKET;
	copy = strndup(v.at, v.length);
	return copy ? copy : DEFAULT_SOCKET;
}

static unsigned int bound_seconds(const struct command *command, const struct buffer *config)
{
	unsigned int seconds = DEFAULT_SECONDS;
	struct json_value v;

	if (strcmp(command->name, "ADD"))
		return SHORT_SECONDS;
	if (json_member(config->data, config->length, "timeoutSeconds", &v) && !v.is_string) {
		seconds = 0;
		for (size_t i = 0; i < v.length && isdigit((unsigned char)v.at[i]); i++)
			if (seconds < MAX_SECONDS)
				seconds = seconds * 10 + (unsigned int)(v.at[i] - '0');
	}
	if (!seconds)
		seconds = DEFAULT_SECONDS;
	return (seconds < MAX_SECONDS ? seconds : MAX_SECONDS) + GRACE_SECONDS;
}

static int forward(const struct command *command, const struct buffer *config)
{
	const char *path = socket_path(config);
	struct buffer environment = { 0 };
	struct answer answer = { 0 };
	const char *problem;
	char details[256];

	if (pack_environment(&environment))
		return fail(IO_FAILURE, "out of memory", "");
	problem = exchange(path, &environment, config, bound_seconds(command, config), &answer);
	if (problem && command->when_away == SUCCEED)
		return 0;
	if (problem) {
		snprintf(details, sizeof(details), "%s: %s", path, strerror(errno));
		return fail(command->code, problem, details);
	}
	fwrite(answer.text.data, 1, answer.text.length, stdout);
	return answer.exit_code ? 1 : 0;
}

int main(void)
{
	const char *name = getenv("CNI_COMMAND");
	struct buffer config = { 0 };

	if (!name)
		return fail(INVALID_ENVIRONMENT, "CNI_COMMAND is not set",
			    "heddle-cni is a CNI plugin: a container runtime calls it");
	if (read_config(&config))
		return fail(IO_FAILURE, "standard input cannot be read", strerror(errno));
	learn_version(&config);
	if (!strcmp(name, "VERSION"))
		return print_versions();
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(name, commands[i].name))
			return forward(&commands[i], &config);
	return fail(INVALID_ENVIRONMENT, "CNI_COMMAND is none that this plugin knows", name);
}
