/* A file read ahead by a thread of its own: the system copies a piece while `reader.c` takes the one before it apart. */
#include "reader_numbers.h"

#include <errno.h>
#include <stddef.h>
#ifdef _WIN32
#include <io.h>
#define read _read
#else
#include <pthread.h>
#include <unistd.h>
#endif

#ifndef PIECE
#define PIECE ((size_t)512 << 10)
#endif
#ifndef BEFORE
#define BEFORE ((size_t)64 << 10) /* bytes of room before a piece, for the beginning of a line that ends in it */
#endif
#define PIECES 4 /* that may lie ready */

typedef struct {
  int file, is_threaded, is_ended;
  size_t left;             /* bytes that are still to be read, about */
  uint8_t *room;           /* for the pieces, which come again and again */
  ptrdiff_t sizes[PIECES]; /* 0 at the end of the file, less where it cannot be read */
  unsigned filled, taken;  /* pieces so far */
#ifndef _WIN32
  pthread_t thread;
  pthread_mutex_t lock; /* of what is counted and whether it is ended; a piece is the thread's until it is counted as filled */
  pthread_cond_t changed;
#endif
} Ahead;

static uint8_t *piece_of(const Ahead *a, unsigned number) { return a->room + (number % PIECES) * (BEFORE + PIECE) + BEFORE; }

/* Reads a piece; whether there is more to read. */
static int read_piece(Ahead *a, unsigned number) {
  ptrdiff_t got;
  do got = read(a->file, piece_of(a, number), PIECE);
  while (got < 0 && errno == EINTR);
  a->sizes[number % PIECES] = got;
  int is_more = got > 0 && (size_t)got < a->left;
  a->left -= is_more ? (size_t)got : a->left;
  return is_more;
}

#ifdef _WIN32
static void begin_thread(Ahead *a) { (void)a; }
static void wait_for_piece(Ahead *a) { (void)a; }
static void give_back(Ahead *a) { a->taken++; }
static void end_ahead(Ahead *a) { free(a->room); }
#else
static void *read_on(void *it) {
  Ahead *a = it;
  for (int is_more = 1; is_more;) {
    pthread_mutex_lock(&a->lock);
    while (a->filled - a->taken == PIECES && !a->is_ended) pthread_cond_wait(&a->changed, &a->lock);
    unsigned number = a->filled;
    int is_ended = a->is_ended;
    pthread_mutex_unlock(&a->lock);
    if (is_ended) break;
    is_more = read_piece(a, number);
    pthread_mutex_lock(&a->lock);
    a->filled++;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
  }
  return NULL;
}

/* Where no thread can be had, every piece is read when it is asked for. */
static void begin_thread(Ahead *a) {
  if (pthread_mutex_init(&a->lock, NULL)) return;
  if (pthread_cond_init(&a->changed, NULL)) {
    pthread_mutex_destroy(&a->lock);
    return;
  }
  a->is_threaded = !pthread_create(&a->thread, NULL, read_on, a);
  if (a->is_threaded) return;
  pthread_cond_destroy(&a->changed);
  pthread_mutex_destroy(&a->lock);
}

static void wait_for_piece(Ahead *a) {
  pthread_mutex_lock(&a->lock);
  while (a->filled == a->taken) pthread_cond_wait(&a->changed, &a->lock);
  pthread_mutex_unlock(&a->lock);
}

/* The piece that was taken may be filled again. */
static void give_back(Ahead *a) {
  if (a->is_threaded) pthread_mutex_lock(&a->lock);
  a->taken++;
  if (!a->is_threaded) return;
  pthread_cond_signal(&a->changed);
  pthread_mutex_unlock(&a->lock);
}

static void end_ahead(Ahead *a) {
  if (a->is_threaded) {
    pthread_mutex_lock(&a->lock);
    a->is_ended = 1;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
  }
  free(a->room);
}
#endif

/* Begins to read about so many bytes of a file further on; whether there was memory for it. */
static int begin_ahead(Ahead *a, int file, size_t bytes) {
  memset(a, 0, sizeof *a);
  a->file = file;
  a->left = bytes;
  a->room = malloc(PIECES * (BEFORE + PIECE));
  return a->room != NULL;
}

/* The next piece, and its size as in `sizes`. The first is read at once, and a thread begun where there are more: small files need none. */
static ptrdiff_t next_piece(Ahead *a, uint8_t **piece) {
  if (a->is_threaded) wait_for_piece(a);
  else if (a->filled == a->taken) {
    int is_more = read_piece(a, a->filled++);
    if (is_more && a->filled == 1 && (size_t)a->sizes[0] == PIECE) begin_thread(a);
  }
  *piece = piece_of(a, a->taken);
  return a->sizes[a->taken % PIECES];
}
