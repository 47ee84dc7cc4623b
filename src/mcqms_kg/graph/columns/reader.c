/* Reads plain lines of N-Triples and N-Quads: each different term gets a number, counted up, and each statement is three of them.
 *
 * What a plain line is, `read.py` says in SQL; this says the same. Any other line is set apart for the parser. Nothing is read or written
 * beyond the length that is known of it, and every length is checked before memory is used: input may be hostile.
 */
#include "reader_numbers.h"

#include <errno.h>
#ifdef _WIN32
#include <io.h>
#define read _read
#else
#include <unistd.h>
#endif

#define INTERFACE 2
#ifndef SOURCE
#define SOURCE ""
#endif
#ifndef PIECE
#define PIECE ((size_t)256 << 10)
#endif
#define LONGEST ((size_t)64 << 20) /* bytes of a line */
#define AT_ONCE 32                 /* lines whose terms are fetched into the cache together */

/* ---- lines ---- */

static const uint8_t *find(const uint8_t *from, const uint8_t *end, int sign) { return from < end ? memchr(from, sign, (size_t)(end - from)) : NULL; }

/* Whether a term names a graph in plain form; most lines name the one of the line before. */
static int is_graph(Reader *r, const uint8_t *t, size_t size) {
  if (equal(t, size, r->graph.at, r->graph.used)) return 1;
  if (t[0] == '_' ? size < 3 || !is_label(t + 2, size - 2) : !is_iri(t, size) || !is_utf8(t, size)) return 0;
  r->graph.used = 0;
  return append(&r->graph, t, size);
}

/* Cuts a line at its first two blanks; whether it has the pieces of a statement, the dot behind them, and a good graph if it names one. */
static int is_cut(Reader *r, const uint8_t *line, const uint8_t *end, Piece piece[3]) {
  const uint8_t *first = find(line, end, ' '), *second = first ? find(first + 1, end, ' ') : NULL;
  if (!second || end - second < 4 || end[-1] != '.' || end[-2] != ' ') return 0;
  const uint8_t *o = second + 1, *behind = end - 2;
  if (r->graphs) {
    const uint8_t *g = behind;
    while (g > o && g[-1] != ' ') g--;
    size_t size = (size_t)(behind - g);
    int is_named = size >= 2 && ((g[0] == '<' && behind[-1] == '>') || (g[0] == '_' && g[1] == ':')) && !memchr(g, '"', size);
    if (g > o && is_named) {
      if (!is_graph(r, g, size)) return 0;
      behind = g - 1;
    }
  }
  piece[0] = (Piece){line, (size_t)(first - line), 0, 0};
  piece[1] = (Piece){first + 1, (size_t)(second - first - 1), 0, 0};
  piece[2] = (Piece){o, (size_t)(behind - o), 0, 0};
  return behind > o && !(behind - o > 1 && o[0] == '<' && o[1] == '<'); /* no triple term */
}

static int set_apart(Reader *r, const uint8_t *line, const uint8_t *end) {
  size_t size = (size_t)(end - line);
  if (r->is_known || !is_utf8(line, size)) return NOT_HERE;
  for (const uint8_t *t = line; t < end; t++)
    if (*t == 0 || *t == 1 || *t == '\r') return NOT_HERE;
  return append(&r->odd, line, size) && append(&r->odd, "\n", 1) ? DONE : NO_MEMORY;
}

/* Adds the statement of a line whose pieces are prepared, or sets the line apart. */
static int add(Reader *r, const uint8_t *line, const uint8_t *end, const Piece piece[3]) {
  uint32_t row[3];
  for (int i = 0; i < 3; i++) {
    const uint8_t *t = piece[i].scratch ? r->scratch.at + piece[i].scratch - 1 : piece[i].at;
    int problem = number(r, t, piece[i].size, piece[i].hash, &row[i]);
    if (problem) return problem;
    uint8_t kind = row[i] ? r->kinds.at[row[i] - 1] : ODD;
    if (kind == ODD || (i == 0 && kind == LITERAL) || (i == 1 && kind != IRI)) return set_apart(r, line, end);
    row[i]--;
  }
  return append(&r->rows, row, sizeof row) ? DONE : NO_MEMORY;
}

static int feed(Reader *r, const uint8_t *at, size_t size) {
  struct { const uint8_t *line, *end; Piece piece[3]; int is_whole; } lines[AT_ONCE];
  const uint8_t *end = at + size;
  while (at < end) {
    int count = 0, problem;
    r->scratch.used = 0;
    for (; count < AT_ONCE && at < end; count++) {
      const uint8_t *stop = find(at, end, '\n'), *next = stop ? stop + 1 : end;
      if (!stop) stop = end;
      if (stop > at && stop[-1] == '\r') stop--;
      lines[count].line = at;
      lines[count].end = stop;
      lines[count].is_whole = is_cut(r, at, stop, lines[count].piece);
      for (int i = 0; lines[count].is_whole && i < 3; i++) {
        if ((problem = prepared(r, &lines[count].piece[i]))) return problem;
#ifdef __GNUC__
        __builtin_prefetch(&r->slots[lines[count].piece[i].hash & r->mask]);
#endif
      }
      at = next;
    }
    for (int i = 0; i < count; i++) {
      problem = (lines[i].is_whole ? add(r, lines[i].line, lines[i].end, lines[i].piece) : set_apart(r, lines[i].line, lines[i].end));
      if (problem) return problem;
    }
  }
  return DONE;
}

/* What is fed where accesses are checked lies in memory of just its size, so that no step beyond it goes unseen. */
static int feed_checked(Reader *r, const uint8_t *at, size_t size) {
#ifdef CHECKED
  uint8_t *exact = malloc(size ? size : 1);
  if (!exact) return NO_MEMORY;
  memcpy(exact, at, size);
  int problem = feed(r, exact, size);
  free(exact);
  return problem;
#else
  return feed(r, at, size);
#endif
}

/* ---- what Python calls ---- */

int reader_interface(void) { return INTERFACE; }
const char *reader_source(void) { return SOURCE; }

void reader_free(Reader *r) {
  if (!r) return;
  reader_free(r->labels);
  Bytes *all[] = {&r->texts, &r->ends, &r->kinds, &r->rows, &r->odd, &r->prefix, &r->scratch, &r->graph, &r->buffer};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->at);
  free(r->slots);
  free(r);
}

Reader *reader_new(uint64_t seed) {
  Reader *r = calloc(1, sizeof *r);
  if (!r) return NULL;
  r->seed = seed;
  r->mask = 0xFFFF;
  r->slots = calloc((size_t)r->mask + 1, sizeof *r->slots);
  if (r->slots) return r;
  reader_free(r);
  return NULL;
}

/* Begins a file: whether its lines may name a graph, whether a parser has written them, whether its blank nodes are numbered, and what
 * their names begin with. */
int reader_begin(Reader *r, int graphs, int is_known, int numbered, const uint8_t *prefix, size_t size) {
  reader_free(r->labels);
  r->labels = numbered ? reader_new(r->seed) : NULL;
  if (numbered && !r->labels) return NO_MEMORY;
  if (numbered) r->labels->is_known = 1;
  r->graphs = graphs;
  r->is_known = is_known;
  r->is_begun = 0;
  r->odd.used = r->prefix.used = r->buffer.used = 0;
  return append(&r->prefix, prefix, size) ? DONE : NO_MEMORY;
}

/* Reads about so many bytes of the file further on: GO_ON where there are more. */
int reader_read(Reader *r, int file, size_t budget) {
  for (size_t done = 0; done < budget;) {
    if (!reserve(&r->buffer, PIECE)) return NO_MEMORY;
    int got = (int)read(file, r->buffer.at + r->buffer.used, PIECE);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return UNREADABLE;
    size_t whole = r->buffer.used += (size_t)got;
    if (!r->is_begun && got && whole >= 3) {
      r->is_begun = 1;
      if (!memcmp(r->buffer.at, "\xEF\xBB\xBF", 3)) return NOT_HERE;
    }
    if (!got) return feed_checked(r, r->buffer.at, whole);
    size_t before = whole - (size_t)got;
    while (whole > before && r->buffer.at[whole - 1] != '\n') whole--;
    if (whole == before && r->buffer.used > LONGEST) return NOT_HERE;
    if (whole == before) whole = 0;
    int problem = feed_checked(r, r->buffer.at, whole);
    if (problem) return problem;
    memmove(r->buffer.at, r->buffer.at + whole, r->buffer.used - whole);
    r->buffer.used -= whole;
    done += (size_t)got;
  }
  return GO_ON;
}

static int compare(const void *a, const void *b) {
  uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
  return (one > other) - (one < other);
}

/* Puts a few pairs in order, each once; how many there are then. */
static size_t once_each(uint64_t *pairs, size_t count) {
  if (count > 48) qsort(pairs, count, sizeof *pairs, compare);
  else
    for (size_t i = 1; i < count; i++) {
      uint64_t pair = pairs[i];
      size_t j = i;
      for (; j && pairs[j - 1] > pair; j--) pairs[j] = pairs[j - 1];
      pairs[j] = pair;
    }
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (!i || pairs[i] != pairs[i - 1]) pairs[kept++] = pairs[i];
  return kept;
}

typedef struct { int64_t number; size_t count, term; } Predicate;

static int by_number(const void *a, const void *b) {
  int64_t one = ((const Predicate *)a)->number, other = ((const Predicate *)b)->number;
  return (one > other) - (one < other);
}

/* Statements once each, by predicate: `starts` has the place of each subject's pairs, `counts` one number a term, all zero. */
static void write_columns(Reader *r, const int64_t *numbers, int64_t *const columns[3], size_t *starts, uint64_t *pairs, size_t *counts, Predicate *predicates) {
  const uint32_t *rows = (const uint32_t *)r->rows.at;
  size_t all = r->rows.used / (3 * sizeof *rows), different = 0;
  for (size_t i = 0; i < all; i++) starts[rows[3 * i] + 1]++;
  for (size_t t = 0; t < r->terms; t++) starts[t + 1] += starts[t];
  for (size_t i = 0; i < all; i++) pairs[starts[rows[3 * i]] + counts[rows[3 * i]]++] = (uint64_t)rows[3 * i + 1] << 32 | rows[3 * i + 2];
  r->settled = 0;
  for (size_t t = 0; t < r->terms; t++) r->settled += counts[t] = once_each(pairs + starts[t], counts[t]);
  for (size_t t = 0; t < r->terms; t++) predicates[t] = (Predicate){numbers[t], 0, t};
  for (size_t t = 0; t < r->terms; t++)
    for (size_t i = 0; i < counts[t]; i++) predicates[pairs[starts[t] + i] >> 32].count++;
  for (size_t t = 0; t < r->terms; t++)
    if (predicates[t].count) predicates[different++] = predicates[t];
  qsort(predicates, different, sizeof *predicates, by_number);
  size_t *next = starts + r->terms + 1, before = 0; /* where the next statement of each predicate goes */
  for (size_t i = 0; i < different; before += predicates[i++].count) next[predicates[i].term] = before;
  for (size_t t = 0; t < r->terms; t++)
    for (size_t i = 0; i < counts[t]; i++) {
      uint64_t pair = pairs[starts[t] + i];
      size_t place = next[pair >> 32]++;
      columns[0][place] = numbers[t];
      columns[1][place] = numbers[pair >> 32];
      columns[2][place] = numbers[(uint32_t)pair];
    }
}

size_t reader_terms(const Reader *r) { return r->terms; }
size_t reader_rows(const Reader *r) { return r->rows.used / (3 * sizeof(uint32_t)); }

/* Statements once each, in the order of the numbers of their predicates: `numbers` has one for each term, a column room for all rows. */
int reader_settle(Reader *r, const int64_t *numbers, size_t count, int64_t *s, int64_t *p, int64_t *o, size_t room) {
  if (count != r->terms || room < reader_rows(r)) return NOT_HERE;
  int64_t *const columns[3] = {s, p, o};
  size_t *starts = calloc(2 * count + 2, sizeof *starts), *counts = calloc(count + 1, sizeof *counts);
  uint64_t *pairs = malloc(r->rows.used + 1);
  Predicate *predicates = malloc((count + 1) * sizeof *predicates);
  int is_done = starts && counts && pairs && predicates;
  if (is_done) write_columns(r, numbers, columns, starts, pairs, counts, predicates);
  free(starts);
  free(counts);
  free(pairs);
  free(predicates);
  return is_done ? DONE : NO_MEMORY;
}

int reader_numbers(const Reader *r, const uint8_t *types, size_t size, int64_t *numbers) { return all_numbers(r, types, size, numbers); }
int64_t reader_number_of(const uint8_t *text, size_t size, const uint8_t *types, size_t room) { return number_of(text, size, types, room); }
void reader_keep(Reader *r, size_t rows) { r->rows.used = rows * 3 * sizeof(uint32_t) < r->rows.used ? rows * 3 * sizeof(uint32_t) : r->rows.used; }
const uint8_t *reader_texts(const Reader *r) { return r->texts.at; }
size_t reader_size_of_texts(const Reader *r) { return r->texts.used; }
const uint8_t *reader_odd(const Reader *r) { return r->odd.at; }
size_t reader_size_of_odd(const Reader *r) { return r->odd.used; }
size_t reader_settled(const Reader *r) { return r->settled; }
