/* Reads plain lines of N-Triples and N-Quads: each different term gets a number, counted up, and each statement is three of them.
 *
 * What a plain line is, `read.py` says in SQL; this says the same. Any other line is set apart for the parser. Nothing is read or written
 * beyond the length that is known of it, and every length is checked before memory is used: input may be hostile.
 */
#include "reader_ahead.h"

#define INTERFACE 3
#ifndef SOURCE
#define SOURCE ""
#endif
#define LONGEST ((size_t)64 << 20) /* bytes of a line */
#define AT_ONCE 32                 /* lines whose terms are fetched into the cache together */
#define SOON 8                     /* subjects whose statements are fetched into the cache before they are looked at */

/* ---- lines ---- */

static const uint8_t *find(const uint8_t *from, const uint8_t *end, int sign) { return from < end ? memchr(from, sign, (size_t)(end - from)) : NULL; }

/* Whether a term names a graph in plain form; most lines name the one of the line before. */
static int is_graph(Reader *r, const uint8_t *t, size_t size) {
  if (equal(t, size, r->graph.at, r->graph.used)) return 1;
  if (t[0] == '_' ? size < 3 || !is_label(t + 2, size - 2) : !is_iri(t, size) || !is_utf8(t, size)) return 0;
  r->graph.used = 0;
  return append(&r->graph, t, size);
}

typedef struct { const uint8_t *line, *end; Piece piece[3]; int is_whole; } Line;

/* Cuts a line at its first two blanks, of which the first may be known; whether it has the pieces of a statement, the dot behind them, and
 * a good graph if it names one. */
static int is_cut(Reader *r, Line *cut, const uint8_t *first) {
  const uint8_t *line = cut->line, *end = cut->end, *second;
  if (!first) first = find(line, end, ' ');
  second = first ? find(first + 1, end, ' ') : NULL;
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
  cut->piece[0] = (Piece){line, (size_t)(first - line), 0, 0, 0};
  cut->piece[1] = (Piece){first + 1, (size_t)(second - first - 1), 0, 0, 0};
  cut->piece[2] = (Piece){o, (size_t)(behind - o), 0, 0, 0};
  return behind > o && !(behind - o > 1 && o[0] == '<' && o[1] == '<'); /* no triple term */
}

static int set_apart(Reader *r, const uint8_t *line, const uint8_t *end) {
  size_t size = (size_t)(end - line);
  if (r->is_known || !is_utf8(line, size)) return NOT_HERE;
  for (const uint8_t *t = line; t < end; t++)
    if (*t == 0 || *t == 1 || *t == '\r') return NOT_HERE;
  return append(&r->odd, line, size) && append(&r->odd, "\n", 1) ? DONE : NO_MEMORY;
}

/* Adds the statement of a line whose pieces are prepared, or sets the line apart. `subject` is the number of the subject before. */
static int add(Reader *r, const Line *cut, uint32_t *subject) {
  uint32_t row[3] = {*subject, cut->piece[1].known, 0};
  for (int i = 0; i < 3; i++) {
    const Piece *piece = &cut->piece[i];
    const uint8_t *t = piece->scratch ? r->scratch.at + piece->scratch - 1 : piece->at;
    int problem = piece->known ? DONE : number(r, t, piece->size, piece->hash, &row[i]);
    if (problem) return problem;
    if (i == 0) *subject = row[0];
    uint8_t kind = row[i] ? r->kinds.at[row[i] - 1] : ODD;
    if (kind == ODD || (i == 0 && kind == LITERAL) || (i == 1 && kind != IRI)) return set_apart(r, cut->line, cut->end);
    if (i == 1) r->recent[place_of(piece)] = row[1];
    row[i]--;
  }
  return append(&r->rows, row, sizeof row) ? DONE : NO_MEMORY;
}

/* Cuts the line at `at` and prepares its pieces. Most lines have the subject of the whole line before, and a predicate of late. */
static int prepare(Reader *r, Line *cut, const uint8_t *at, const uint8_t *end, const uint8_t **next, const Piece *before) {
  size_t same = before->size + 1; /* the subject and the blank behind it */
  int is_same = before->at && (size_t)(end - at) > same && !memcmp(at, before->at, same), problem;
  const uint8_t *stop = find(is_same ? at + same : at, end, '\n');
  *next = stop ? stop + 1 : end;
  if (!stop) stop = end;
  if (stop > at && stop[-1] == '\r') stop--;
  cut->line = at;
  cut->end = stop;
  cut->is_whole = is_cut(r, cut, is_same ? at + same - 1 : NULL);
  for (int i = 0; cut->is_whole && i < 3; i++) {
    Piece *piece = &cut->piece[i];
    if ((piece->known = i == 0 ? (uint32_t)is_same : i == 1 ? known_of_late(r, piece) : 0)) continue;
    if ((problem = prepared(r, piece))) return problem;
    PREFETCH(&r->slots[piece->hash & r->mask]);
  }
  return DONE;
}

static int feed(Reader *r, const uint8_t *at, size_t size) {
  Line lines[AT_ONCE];
  const uint8_t *end = at + size;
  Piece before = {0}; /* the subject of the last whole line */
  uint32_t subject = 0;
  while (at < end) {
    int count = 0, problem;
    r->scratch.used = 0;
    for (; count < AT_ONCE && at < end; count++) {
      const uint8_t *line = at;
      if ((problem = prepare(r, &lines[count], at, end, &at, &before))) return problem;
      if (lines[count].is_whole && !lines[count].piece[0].known) before = (Piece){line, (size_t)(lines[count].piece[1].at - line - 1), 0, 0, 0};
    }
    for (int i = 0; i < count; i++) {
      problem = lines[i].is_whole ? add(r, &lines[i], &subject) : set_apart(r, lines[i].line, lines[i].end);
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

/* Takes the whole lines of a piece, before which there is room for the line that the piece before left unended: GO_ON. It keeps a line that
 * is unended itself. An empty piece ends the file: DONE. */
static int take(Reader *r, uint8_t *piece, size_t size) {
  Bytes *rest = &r->buffer;
  size_t before = rest->used, all = before + size, whole = all;
  int is_long = before > BEFORE, problem;
  if (is_long && !append(rest, piece, size)) return NO_MEMORY;
  uint8_t *at = is_long ? rest->at : piece - before;
  if (!is_long && before) memcpy(at, rest->at, before);
  if (!r->is_begun && size && all >= 3) {
    r->is_begun = 1;
    if (!memcmp(at, "\xEF\xBB\xBF", 3)) return NOT_HERE;
  }
  if (!size) return feed_checked(r, at, all);
  while (whole > before && at[whole - 1] != '\n') whole--;
  if (whole == before && all > LONGEST) return NOT_HERE;
  if (whole == before) whole = 0;
  if ((problem = feed_checked(r, at, whole))) return problem;
  rest->used = 0;
  if (is_long) memmove(rest->at, rest->at + whole, rest->used = all - whole);
  else if (!append(rest, at + whole, all - whole)) return NO_MEMORY;
  return GO_ON;
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
  Ahead ahead;
  if (!begin_ahead(&ahead, file, budget)) return NO_MEMORY;
  int status = GO_ON;
  for (size_t done = 0; status == GO_ON && done < budget; give_back(&ahead)) {
    uint8_t *piece;
    ptrdiff_t got = next_piece(&ahead, &piece);
    status = got < 0 ? UNREADABLE : take(r, piece, (size_t)got);
    done += got < 0 ? 0 : (size_t)got;
  }
  end_ahead(&ahead);
  return status;
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

size_t reader_terms(const Reader *r) { return r->terms; }
size_t reader_rows(const Reader *r) { return r->rows.used / (3 * sizeof(uint32_t)); }

typedef struct { size_t start, count; } Run; /* of pairs: where it begins, and how many there are */

/* The pairs of each term as subject, predicate and object of each statement once, and in `next` how many statements have a term as predicate. */
static void gather_pairs(const Reader *r, Run *runs, uint64_t *pairs, size_t *next) {
  const uint32_t *row = (const uint32_t *)r->rows.at, *end = row + 3 * reader_rows(r);
  for (const uint32_t *one = row; one < end; one += 3) runs[one[0]].count++;
  for (size_t t = 0, before = 0; t < r->terms; before += runs[t].count, runs[t++].count = 0) runs[t].start = before;
  for (const uint32_t *one = row; one < end; one += 3) pairs[runs[one[0]].start + runs[one[0]].count++] = (uint64_t)one[1] << 32 | one[2];
  for (size_t t = 0; t < r->terms; t++) {
    uint64_t *own = pairs + runs[t].start;
    runs[t].count = once_each(own, runs[t].count);
    for (size_t i = 0; i < runs[t].count; i++) next[own[i] >> 32]++;
  }
}

/* Puts all in order, by `numbers`, one for each term: these numbers, and whose each is; the predicates, and where the statements of each
 * begin; and the subjects and objects of statements once each. There must be room for every term, and every row. NOT_HERE where two
 * terms share a number. */
int reader_settle(Reader *r, const int64_t *numbers, size_t count, int64_t *sorted, uint32_t *order, int64_t *predicates, int64_t *begins, int64_t *s, int64_t *o) {
  if (count != r->terms) return UNREADABLE;
  Run *runs = calloc(count + 1, sizeof *runs);
  size_t *next = calloc(count + 1, sizeof *next); /* where the next statement of each predicate goes */
  uint64_t *pairs = malloc(reader_rows(r) * sizeof *pairs + 1);
  int found = runs && next && pairs ? in_order(numbers, count, sorted, order) : NO_MEMORY;
  r->settled = r->predicates = 0;
  if (found != NO_MEMORY) gather_pairs(r, runs, pairs, next);
  for (size_t k = 0; found != NO_MEMORY && k < count; k++) {
    size_t t = order[k], statements = next[t];
    if (!statements) continue;
    predicates[r->predicates] = sorted[k];
    begins[r->predicates++] = (int64_t)(next[t] = r->settled);
    r->settled += statements;
  }
  for (size_t k = 0; found != NO_MEMORY && k < count; k++) {
    if (k + 2 * SOON < count) PREFETCH(&runs[order[k + 2 * SOON]]);
    if (k + SOON < count) PREFETCH(&pairs[runs[order[k + SOON]].start]);
    Run run = runs[order[k]];
    for (const uint64_t *pair = pairs + run.start; pair < pairs + run.start + run.count; pair++) {
      size_t place = next[*pair >> 32]++;
      s[place] = sorted[k];
      o[place] = numbers[(uint32_t)*pair];
    }
  }
  free(runs);
  free(next);
  free(pairs);
  return found;
}

void reader_numbers(const Reader *r, const uint8_t *types, size_t size, int64_t *numbers) { all_numbers(r, types, size, numbers); }
int64_t reader_number_of(const uint8_t *text, size_t size, const uint8_t *types, size_t room) { return number_of(text, size, types, room); }
void reader_keep(Reader *r, size_t rows) { r->rows.used = rows * 3 * sizeof(uint32_t) < r->rows.used ? rows * 3 * sizeof(uint32_t) : r->rows.used; }
const uint8_t *reader_texts(const Reader *r) { return r->texts.at; }
size_t reader_size_of_texts(const Reader *r) { return r->texts.used; }
const uint8_t *reader_odd(const Reader *r) { return r->odd.at; }
size_t reader_size_of_odd(const Reader *r) { return r->odd.used; }
size_t reader_settled(const Reader *r) { return r->settled; }
size_t reader_predicates(const Reader *r) { return r->predicates; }
const uint64_t *reader_ends(const Reader *r) { return ends_of(r); }
