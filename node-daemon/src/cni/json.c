// SPDX-License-Identifier: Apache-2.0
#include "json.h"

#include <string.h>

struct cursor {
	const char *at;
	const char *end;
};

static void skip_space(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at)
		c->at++;
}

/* Reads a string whose opening quote is under the cursor. */
static bool read_string(struct cursor *c, struct json_value *value, bool *escaped)
{
	*escaped = false;
	value->at = ++c->at;
	value->is_string = true;
	for (; c->at < c->end && *c->at != '"'; c->at++) {
		if (*c->at != '\\')
			continue;
		*escaped = true;
		if (++c->at == c->end)
			return false;
	}
	if (c->at == c->end)
		return false;
	value->length = (size_t)(c->at++ - value->at);
	return true;
}

/* Skips an array or object, or a number or word; strings inside may hold brackets. */
static bool skip_other(struct cursor *c, struct json_value *value)
{
	struct json_value ignored;
	bool escaped;
	int depth = 0;

	value->at = c->at;
	value->is_string = false;
	while (c->at < c->end) {
		if (*c->at == '"') {
			if (!read_string(c, &ignored, &escaped))
				return false;
			continue;
		}
		if (!depth && (*c->at == ',' || *c->at == '}'))
			break;
		if (*c->at == '{' || *c->at == '[')
			depth++;
		if (*c->at == '}' || *c->at == ']')
			depth--;
		c->at++;
	}
	value->length = (size_t)(c->at - value->at);
	return c->at < c->end;
}

bool json_member(const char *text, size_t length, const char *key, struct json_value *value)
{
	struct cursor c = { text, text + length };
	struct json_value name;
	bool escaped;

	skip_space(&c);
	if (c.at == c.end || *c.at++ != '{')
		return false;
	for (;;) {
		skip_space(&c);
		if (c.at == c.end || *c.at != '"' || !read_string(&c, &name, &escaped))
			return false;
		skip_space(&c);
		if (c.at == c.end || *c.at++ != ':')
			return false;
		skip_space(&c);
		escaped = false;
		if (c.at == c.end)
			return false;
		if (!(*c.at == '"' ? read_string(&c, value, &escaped) : skip_other(&c, value)))
			return false;
		if (name.length == strlen(key) && !memcmp(name.at, key, name.length))
			return !escaped;
		skip_space(&c);
		if (c.at == c.end || *c.at++ != ',')
			return false;
	}
}
