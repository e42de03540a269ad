/* Shared by the files that build a catalogue (catalogue.c, build_*.c, names.c); not for anybody else. */
#ifndef ASK_MODEL_BUILDER_H
#define ASK_MODEL_BUILDER_H

#include "model/catalogue.h"
#include "model/variant.h"

/* A growing set of small numbers in the order of their first appearance. */
struct ask_number_list {
  int32_t *list;
  size_t count, capacity;
};
void ask_number_add(struct ask_arena *arena, struct ask_number_list *list, int32_t number);

struct ask_builder {
  struct ask_arena *arena;
  struct ask_problems *problems;
  struct ask_catalogue *catalogue;
  struct ask_item *items; /* the catalogue's, while they can still be written */
  struct ask_program *programs;
  struct ask_pack *packs;
  struct ask_parameter *parameters;
  size_t parameter_count, parameter_capacity;
  struct ask_parameter_use *uses;
  size_t use_count, use_capacity;
  struct ask_map *item_numbers, *group_numbers, *program_numbers;
  struct ask_map *shared_parameters; /* of the form and of all packs */
  struct ask_map **pack_parameters;  /* by pack: those that its programs share */
  int32_t pack;                      /* whose names are being used; -1: the form's */
  /* the program being built; NULL while the form is */
  struct ask_program *program;
  struct ask_map *own_parameters, *line_numbers;
  struct ask_line *lines;
  bool after_status; /* its own status may be read */
  const struct ask_overview_spec *overview; /* while it is built: the statuses that it may read of absent programs */
  struct ask_number_list depends;
  /* what the expression being compiled has named so far */
  struct ask_number_list *reads, *line_reads, *parameter_reads;
  const struct ask_build_watch *watch; /* NULL: nobody watches */
  struct ask_scope scope;
};

/* names.c */
void ask_builder_scope(struct ask_builder *b);
/* Number of the item of this name if the pack whose names are being used may read it, else -1. */
int32_t ask_builder_item(const struct ask_builder *b, const char *name, size_t length);
/* Number of the parameter of this name that programs of the pack share, or -1. */
int32_t ask_builder_shared_parameter(const struct ask_builder *b, int32_t pack, const char *name, size_t length);
/* Compiles a form expression on its own; ret untouched when expr.text is NULL. lists: the enclosing lists of a field. */
bool ask_builder_formula(struct ask_builder *b, const void *const *lists, size_t list_count,
                         const struct ask_expr_spec *expr, const struct ask_kind *wanted, struct ask_formula *ret);

/* build_form.c */
bool ask_build_items(struct ask_builder *b, const struct ask_catalogue_source *source);
bool ask_build_formulas(struct ask_builder *b);
bool ask_build_order(struct ask_builder *b);
/* build_parameters.c */
bool ask_build_parameters(struct ask_builder *b, const struct ask_parameter_file *file, struct ask_map *names);
/* build_program.c */
bool ask_build_program(struct ask_builder *b, struct ask_program *program);
/* The overview of a pack, after its programs. */
bool ask_build_overview(struct ask_builder *b, struct ask_overview *overview);
/* build_reads.c: what a remark's condition rests on. */
void ask_build_remark_reads(struct ask_builder *b, const struct ask_program *program, struct ask_remark *remark);
/* build_reads.c: what a finished program reads, its labels, its parameters; after the programs that it depends on */
void ask_build_reads(struct ask_builder *b, struct ask_program *program);

#endif
