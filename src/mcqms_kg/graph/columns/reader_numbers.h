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

/* The number of each term; NOT_HERE where two share one. `types` is as for `number_of`. */
static int all_numbers(const Reader *r, const uint8_t *types, size_t size, int64_t *numbers) {
  size_t mask = 1;
  while (mask < 2 * (size_t)r->terms) mask *= 2;
  uint64_t *known = calloc(mask--, sizeof *known); /* each number with its bits turned, which are never all 0 */
  int problem = known ? DONE : NO_MEMORY;
  for (uint32_t t = 0; problem == DONE && t < r->terms; t++) {
    size_t start = start_of(r, t), place, steps = 0;
    numbers[t] = number_of(r->texts.at + start, ends_of(r)[t] - start, types, size);
    uint64_t turned = ~(uint64_t)numbers[t];
    for (place = turned & mask; known[place] && known[place] != turned && steps < LONGEST_SEARCH; steps++) place = (place + 1) & mask;
    if (known[place]) problem = NOT_HERE;
    known[place] = turned;
  }
  free(known);
  return problem;
}
