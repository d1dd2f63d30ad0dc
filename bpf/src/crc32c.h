/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * What a change of bytes does to a CRC32c (RFC 9260, appendix A), without a look at
 * the bytes behind them. The code is linear: its change is the bytes' change times x
 * to the number of bits up to the end, modulo the polynomial.
 */
#ifndef HEDDLE_CRC32C_H
#define HEDDLE_CRC32C_H

#include <linux/types.h>

#include <bpf/bpf_helpers.h>

/* A polynomial's highest power is its word's lowest bit. */
#define CRC32C_POLYNOMIAL 0x82f63b78u
#define CRC32C_ONE 0x80000000u

enum crc32c_size {
	CRC32C_BITS = 32,
	CRC32C_LENGTH_BITS = 16, /* of a length in bytes */
};

/* The product of two polynomials. Not inlined, so that the verifier looks at it once. */
__attribute__((noinline)) __u32 crc32c_times(__u32 one, __u32 other)
{
	__u32 product = 0;

	for (int i = 0; i < CRC32C_BITS; i++) {
		product ^= one & CRC32C_ONE ? other : 0;
		one <<= 1;
		other = other >> 1 ^ (other & 1 ? CRC32C_POLYNOMIAL : 0);
	}
	return product;
}

/* x to the power of 8 times a length. Its square is that of the double length. */
static __always_inline __u32 crc32c_over(__u32 bytes)
{
	__u32 over = CRC32C_ONE, doubling = CRC32C_ONE >> 8;

	for (int i = 0; i < CRC32C_LENGTH_BITS; i++) {
		if (!bytes)
			break;
		if (bytes & 1)
			over = crc32c_times(over, doubling);
		doubling = crc32c_times(doubling, doubling);
		bytes >>= 1;
	}
	return over;
}

/*
 * The change of the code when the first four of so many bytes change by this
 * exclusive or, read with the first byte lowest; the code is read the same way.
 */
static __always_inline __u32 crc32c_change(__u32 changed, __u32 bytes)
{
	return crc32c_times(changed, crc32c_over(bytes));
}

#endif
