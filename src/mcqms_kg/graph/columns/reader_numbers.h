/* The numbers that terms have in columns (`numbers.py`): a tag, and below it 56 bits of two hashes, as DuckDB makes them. */
#include "reader_terms.h"

enum { OF_IRI, OF_BLANK, OF_STRING, OF_LANGUAGE, OF_OTHER = 127 };

static uint64_t mixed_on(uint64_t h, uint64_t x) { return (h ^ x) * 0xD6E8FEB86659FD93u; }

/* The hash of a text behind so many signs `#`, at most 7. */
static uint64_t duckdb_hash(const uint8_t *t, size_t size, size_t signs) {
  uint64_t h = 0xE17A1465u ^ ((size + signs) * 0xC6A4A7935BD1E995u), x;
  uint8_t first[8];
  memset(first, '#', sizeof first);
  if (signs && size + signs >= 8) {
    memcpy(first + signs, t, 8 - signs);
    memcpy(&x, first, 8);
    h = mixed_on(h, x);
    t += 8 - signs;
    size -= 8 - signs;
    signs = 0;
  }
  for (; !signs && size >= 8; t += 8, size -= 8) {
    memcpy(&x, t, 8);
    h = mixed_on(h, x);
  }
  if (size + signs) {
    x = 0;
    if (size) memcpy(first + signs, t, size);
    memcpy(&x, first, size + signs);
    h = mixed_on(h, x);
  }
  h = mixed_on(h, h >> 32);
  h = mixed_on(h, h >> 32);
  return h ^ (h >> 32);
}

/* `types`: for each datatype of XSD that has a tag this tag, its name and a zero. */
static int tag_of(const uint8_t *t, size_t size, const uint8_t *types, size_t room) {
  static const char xsd[] = "^^<http://www.w3.org/2001/XMLSchema#";
  size_t prefix = sizeof xsd - 1, from = size;
  if (!size || t[0] == '<') return OF_IRI;
  if (t[0] == '_') return OF_BLANK;
  if (t[size - 1] == '"') return OF_STRING;
  if (t[size - 1] != '>') return OF_LANGUAGE;
  while (from && t[from - 1] != '"') from--;
  if (size - from <= prefix || memcmp(t + from, xsd, prefix)) return OF_OTHER;
  const uint8_t *name = t + from + prefix, *end = types + room;
  for (size_t length; types < end; types += length + 2) {
    const uint8_t *stop = memchr(types + 1, 0, (size_t)(end - types - 1));
    if (!stop) break;
    length = (size_t)(stop - types - 1);
    if (equal(name, size - from - prefix - 1, types + 1, length)) return *types;
  }
  return OF_OTHER;
}

static int64_t number_of(const uint8_t *t, size_t size, const uint8_t *types, size_t room) {
  uint64_t digest = (duckdb_hash(t, size, 0) ^ duckdb_hash(t, size, 5)) >> 8;
  return (int64_t)((uint64_t)tag_of(t, size, types, room) << 56 | digest);
}

/* The number of each term. `types` is as for `number_of`. */
static void all_numbers(const Reader *r, const uint8_t *types, size_t size, int64_t *numbers) {
  for (uint32_t t = 0; t < r->terms; t++) {
    size_t start = start_of(r, t);
    numbers[t] = number_of(r->texts.at + start, ends_of(r)[t] - start, types, size);
  }
}

enum { DIGIT = 11, DIGITS = 6, VALUES = 1 << DIGIT }; /* bits of a digit; an even number of digits, which hold all bits */

static size_t digit_of(int64_t number, int digit) { return (((uint64_t)number ^ (uint64_t)1 << 63) >> (digit * DIGIT)) & (VALUES - 1); }

/* The numbers in order, and whose each is; NOT_HERE where two share one. Sorted digit by digit, from the last. */
static int in_order(const int64_t *numbers, size_t count, int64_t *sorted, uint32_t *order) {
  int64_t *keys = malloc(count * sizeof *keys + 1), *to = keys;
  uint32_t *whose = malloc(count * sizeof *whose + 1), *belong = whose;
  size_t(*places)[VALUES] = calloc(DIGITS, sizeof *places);
  int found = keys && whose && places ? DONE : NO_MEMORY;
  for (size_t i = 0; found == DONE && i < count; i++) {
    for (int digit = 0; digit < DIGITS; digit++) places[digit][digit_of(numbers[i], digit)]++;
    sorted[i] = numbers[i];
    order[i] = (uint32_t)i;
  }
  for (int digit = 0; found == DONE && digit < DIGITS; digit++) {
    size_t *next = places[digit];
    for (size_t value = 0, before = 0, here; value < VALUES; before += here, value++) here = next[value], next[value] = before;
    const int64_t *from = to == keys ? sorted : keys;
    const uint32_t *of = to == keys ? order : whose;
    for (size_t i = 0; i < count; i++) {
      size_t place = next[digit_of(from[i], digit)]++;
      to[place] = from[i];
      belong[place] = of[i];
    }
    to = to == keys ? sorted : keys;
    belong = belong == whose ? order : whose;
  }
  for (size_t i = 1; found == DONE && i < count; i++)
    if (sorted[i] == sorted[i - 1]) found = NOT_HERE;
  free(keys);
  free(whose);
  free(places);
  return found;
}
