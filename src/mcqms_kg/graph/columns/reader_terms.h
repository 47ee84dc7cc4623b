/* Terms as `reader.c` keeps them: what one looks like in plain form, and their numbers. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DONE, GO_ON, NOT_HERE, NO_MEMORY, UNREADABLE }; /* NOT_HERE: another reader must take the file */
enum { ODD, IRI, BLANK, LITERAL };

#define MOST_TERMS ((uint32_t)1 << 30)
#define RECENT 256
#ifdef __GNUC__
#define PREFETCH(at) __builtin_prefetch(at)
#else
#define PREFETCH(at) (void)(at)
#endif
#define LONGEST_SEARCH 2000 /* slots: a file whose terms fall together is left to another reader */

typedef struct { uint8_t *at; size_t used, room; } Bytes;
typedef struct { uint32_t hash, term; } Slot; /* term: its number and one; 0 where the slot is free */
typedef struct { const uint8_t *at; size_t size, scratch; uint32_t hash, known; } Piece; /* scratch: its place there and one, or 0 */

typedef struct Reader Reader;
struct Reader {
  uint64_t seed;
  int graphs, is_known, is_begun;
  Reader *labels; /* of blank nodes that are named by first appearance */
  Bytes texts; /* every text and a line end behind it */
  Bytes ends;  /* uint64_t: where each text ends */
  Bytes kinds;
  Bytes rows; /* uint32_t: subject, predicate, object */
  Bytes odd, prefix, scratch, graph, buffer;
  uint32_t terms, mask, recent[RECENT]; /* recent: numbers, each and one, of predicates of late */
  Slot *slots;
  size_t settled, predicates;
};

static int reserve(Bytes *b, size_t size) {
  if (size > SIZE_MAX / 4 || b->used > SIZE_MAX / 4) return 0;
  if (b->used + size <= b->room) return 1;
  size_t room = b->room ? b->room : 4096;
  while (room < b->used + size) room *= 2;
  uint8_t *at = realloc(b->at, room);
  if (!at) return 0;
  b->at = at;
  b->room = room;
  return 1;
}

static int append(Bytes *b, const void *from, size_t size) {
  if (!reserve(b, size)) return 0;
  if (size) memcpy(b->at + b->used, from, size);
  b->used += size;
  return 1;
}

static int equal(const uint8_t *a, size_t size, const void *b, size_t other) { return size == other && !memcmp(a, b, size); }

/* ---- what is a term ---- */

static int is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static int is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static int is_small(uint8_t c) { return c >= 'a' && c <= 'z'; }

static int is_utf8(const uint8_t *t, size_t size) {
  for (size_t i = 0; i < size;) {
    uint8_t c = t[i++];
    if (c < 0x80) continue;
    size_t more = c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
    if (!more || more > size - i) return 0;
    uint8_t low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (t[i] < low || t[i] > high) return 0;
    for (i++, more--; more; more--, i++)
      if (t[i] < 0x80 || t[i] > 0xBF) return 0;
  }
  return 1;
}

static int is_iri_sign(uint8_t c) {
  switch (c) {
    case '<': case '>': case '"': case '{': case '}': case '|': case '^': case '`': case '\\': return 0;
    default: return c > 0x20;
  }
}

static int is_iri(const uint8_t *t, size_t size) {
  if (size < 4 || t[0] != '<' || t[size - 1] != '>' || !is_letter(t[1])) return 0;
  size_t i = 2, last = size - 1;
  while (i < last && (is_letter(t[i]) || is_digit(t[i]) || t[i] == '+' || t[i] == '.' || t[i] == '-')) i++;
  if (i == last || t[i] != ':') return 0;
  for (; i < last; i++)
    if (!is_iri_sign(t[i])) return 0;
  return 1;
}

static int is_tag(const uint8_t *t, size_t size) {
  size_t part = 0;
  int is_first = 1;
  for (size_t i = 0; i < size; i++) {
    if (t[i] == '-') {
      if (!part) return 0;
      part = 0;
      is_first = 0;
    } else if ((!is_small(t[i]) && (is_first || !is_digit(t[i]))) || ++part > 8) return 0;
  }
  return part > 0;
}

static int is_literal(const uint8_t *t, size_t size) {
  static const char untagged[] = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>";
  size_t i = 1;
  for (; i < size && t[i] != '"'; i++) {
    if (t[i] < 0x20 || t[i] == 0x7F) return 0;
    if (t[i] == '\\' && (++i == size || !t[i] || !strchr("tbnrf\"\\", t[i]))) return 0;
  }
  if (i >= size) return 0;
  t += i + 1;
  size -= i + 1;
  if (!size) return 1;
  if (t[0] == '@') return is_tag(t + 1, size - 1);
  return size > 2 && t[0] == '^' && t[1] == '^' && is_iri(t + 2, size - 2) && !equal(t, size, untagged, sizeof untagged - 1);
}

static int is_label(const uint8_t *t, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!is_letter(t[i]) && !is_digit(t[i]) && t[i] != '_') return 0;
  return size > 0;
}

static int kind_of(const Reader *r, const uint8_t *t, size_t size) {
  size_t before = 2 + r->prefix.used;
  if (!size) return ODD;
  if (t[0] == '<') return r->is_known || (is_iri(t, size) && is_utf8(t, size)) ? IRI : ODD;
  if (t[0] == '"') return r->is_known || (is_literal(t, size) && is_utf8(t, size)) ? LITERAL : ODD;
  if (size <= before || t[0] != '_' || t[1] != ':') return ODD;
  return r->is_known || is_label(t + before, size - before) ? BLANK : ODD;
}

/* ---- the numbers of terms, counted up ---- */

static uint64_t mixed(uint64_t a, uint64_t b) {
  __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_of(uint64_t seed, const uint8_t *t, size_t size) {
  uint64_t h = seed ^ (size * 0x9E3779B97F4A7C15u), x = 0, y = 0;
  for (; size >= 16; t += 16, size -= 16) {
    memcpy(&x, t, 8);
    memcpy(&y, t + 8, 8);
    h = mixed(x ^ h ^ 0xA0761D6478BD642Fu, y ^ seed ^ 0xE7037ED1A0B428DBu);
  }
  x = y = 0;
  memcpy(&x, t, size < 8 ? size : 8);
  if (size > 8) memcpy(&y, t + 8, size - 8);
  h = mixed(x ^ h ^ 0x8EBC6AF09C88C6E3u, y ^ seed ^ 0x589965CC75374CC3u);
  return (uint32_t)(h ^ (h >> 32));
}

static const uint64_t *ends_of(const Reader *r) { return (const uint64_t *)r->ends.at; }
static size_t start_of(const Reader *r, uint32_t term) { return term ? ends_of(r)[term - 1] + 1 : 0; }

static int widen(Reader *r) {
  uint32_t mask = r->mask * 2 + 1;
  Slot *slots = calloc((size_t)mask + 1, sizeof *slots);
  if (!slots) return 0;
  for (uint32_t i = 0; i <= r->mask; i++) {
    uint32_t place = r->slots[i].hash & mask;
    if (!r->slots[i].term) continue;
    while (slots[place].term) place = (place + 1) & mask;
    slots[place] = r->slots[i];
  }
  free(r->slots);
  r->slots = slots;
  r->mask = mask;
  return 1;
}

/* The number of a term and one in `found`, or 0 where it is none in plain form. */
static int number(Reader *r, const uint8_t *t, size_t size, uint32_t hash, uint32_t *found) {
  uint32_t place = hash & r->mask;
  for (int steps = 0; r->slots[place].term; place = (place + 1) & r->mask) {
    Slot slot = r->slots[place];
    size_t start = start_of(r, slot.term - 1);
    if (slot.hash == hash && equal(r->texts.at + start, ends_of(r)[slot.term - 1] - start, t, size)) return *found = slot.term, DONE;
    if (++steps > LONGEST_SEARCH) return NOT_HERE;
  }
  uint8_t kind = (uint8_t)kind_of(r, t, size);
  *found = 0;
  if (kind == ODD) return DONE;
  if (r->terms == MOST_TERMS) return NOT_HERE;
  uint64_t end = r->texts.used + size;
  if (!reserve(&r->texts, size + 1) || !append(&r->ends, &end, sizeof end) || !append(&r->kinds, &kind, 1)) return NO_MEMORY;
  append(&r->texts, t, size);
  append(&r->texts, "\n", 1);
  r->slots[place] = (Slot){hash, ++r->terms};
  *found = r->terms;
  return r->terms <= r->mask / 2 || widen(r) ? DONE : NO_MEMORY;
}

/* ---- predicates of late ---- */

/* Where among them a predicate may stand: its last signs tell those of one namespace apart. */
static size_t place_of(const Piece *p) {
  uint64_t x = p->size;
  if (p->size >= 10) memcpy(&x, p->at + p->size - 9, 8);
  return (size_t)((x + p->size) * 0x9E3779B97F4A7C15u >> 56);
}

/* The number of a predicate and one, or 0 where it is none of late. */
static uint32_t known_of_late(const Reader *r, const Piece *p) {
  uint32_t found = r->recent[place_of(p)];
  if (!found) return 0;
  size_t start = start_of(r, found - 1);
  return equal(r->texts.at + start, ends_of(r)[found - 1] - start, p->at, p->size) ? found : 0;
}

/* ---- a term of a line as it is kept ---- */

/* A literal as it is kept: without the datatype of strings, and with its language tag in small letters. */
static int plain_literal(Reader *r, Piece *o) {
  static const char string[] = "\"^^<http://www.w3.org/2001/XMLSchema#string>";
  size_t size = sizeof string - 1, from = o->size;
  uint8_t last = o->at[o->size - 1];
  if (last == '"') return 1;
  if (last == '>') {
    if (o->size > size && equal(o->at + o->size - size, size, string, size)) o->size -= size - 1;
    return 1;
  }
  int is_tall = 0;
  for (; from && (is_letter(o->at[from - 1]) || is_digit(o->at[from - 1]) || o->at[from - 1] == '-'); from--)
    is_tall |= o->at[from - 1] >= 'A' && o->at[from - 1] <= 'Z';
  if (!is_tall) return 1;
  o->scratch = r->scratch.used + 1;
  if (!append(&r->scratch, o->at, o->size)) return 0;
  for (uint8_t *t = r->scratch.at + o->scratch - 1; from < o->size; from++)
    if (t[from] >= 'A' && t[from] <= 'Z') t[from] |= 32;
  return 1;
}

/* Names a blank node apart by file: by its label there, or by when it first appeared. */
static int name_blank(Reader *r, Piece *t) {
  char name[16];
  const void *label = t->at + 2;
  size_t size = t->size - 2, begin = r->scratch.used;
  if (r->labels) {
    uint32_t found;
    int problem = number(r->labels, t->at, t->size, hash_of(r->seed, t->at, t->size), &found);
    if (problem) return problem;
    size = (size_t)snprintf(name, sizeof name, "%u", (unsigned)(found - 1));
    label = name;
  }
  if (!append(&r->scratch, "_:", 2) || !append(&r->scratch, r->prefix.at, r->prefix.used) || !append(&r->scratch, label, size)) return NO_MEMORY;
  t->scratch = begin + 1;
  t->size = r->scratch.used - begin;
  return DONE;
}

/* A term of a line as it is kept, and its hash. */
static int prepared(Reader *r, Piece *t) {
  int is_blank = t->size > 2 && t->at[0] == '_' && t->at[1] == ':';
  int problem = is_blank && (r->prefix.used || r->labels) ? name_blank(r, t) : DONE;
  if (t->size && t->at[0] == '"' && !plain_literal(r, t)) problem = NO_MEMORY;
  if (!problem) t->hash = hash_of(r->seed, t->scratch ? r->scratch.at + t->scratch - 1 : t->at, t->size);
  return problem;
}
