/* Shared by the files of mutate (mutate.c, mutate_copy.c, mutate_list.c, mutate_read.c, mutate_text.c); not for anybody else. */
#ifndef ASK_SERVICE_MUTATE_PARTS_H
#define ASK_SERVICE_MUTATE_PARTS_H

#include "service/mutate.h"

/* One change, and how to make it in the copy of the program: exactly one of the targets is set. */
struct change {
  struct ask_mutant mutant;
  struct ask_expr_spec *expr; /* its text becomes one of `texts`: the first that loads */
  const char *const *texts;
  const char *const *words; /* beside texts: what stands in the place that changes */
  size_t text_count;
  struct ask_node_spec *node; /* its kind and number become: */
  enum ask_node_kind kind;
  int32_t at_least;
  int64_t *word; /* of a parameter; it becomes: */
  int64_t value;
};

/* Values of parameters in the copy that some case reads, by their addresses. */
struct read_values {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue; /* the unchanged program's */
  int64_t as_of;                         /* of the case that is running */
  size_t running;                        /* its number, from 1 */
  struct read_value {
    const int64_t *word;
    size_t cases, last; /* how many cases read it; the last of them */
  } * list;
  size_t count, capacity;
};

struct changes {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct read_values *read;
  struct change *list;
  size_t count, capacity;
  const char **unread;
  size_t unread_count, unread_capacity;
  size_t left_out;
};

/* mutate_read.c: notes what code has looked up, as its registers stand after it ran. An ask_body_watch; context: struct
 * read_values. */
void ask_mutate_note_read(void *context, const struct ask_code *code, const int64_t *words, const uint8_t *states);
/* By how many cases. */
size_t ask_mutate_read_by(const struct read_values *read, const int64_t *word);

/* mutate_copy.c: the program again, with all that may be changed in memory of its own. */
struct ask_program_spec *ask_mutate_copy(struct ask_arena *arena, const struct ask_program_spec *spec);

/* mutate_text.c: the changes of one expression. boolean: it is a condition, which a `not` may stand before. */
void ask_mutate_expression(struct changes *changes, const struct ask_expr_spec *expr, const char *where, bool boolean);

/* mutate_list.c: all changes of the program; program: as it is built, spec: the copy. */
void ask_mutate_list(struct changes *changes, const struct ask_program *program, struct ask_program_spec *spec);

#endif
