/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEDDLE_CNI_JSON_H
#define HEDDLE_CNI_JSON_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Finds a member of the outermost object; deeper members of the same name are not seen.
 * The value is left in place: @at points to its first byte, for a string after the quote.
 * Strings with escapes are refused: the few keys read here never need one. The daemon parses
 * the whole with a real parser.
 */
struct json_value {
	const char *at;
	size_t length;
	bool is_string;
};

bool json_member(const char *text, size_t length, const char *key, struct json_value *value);

#endif
