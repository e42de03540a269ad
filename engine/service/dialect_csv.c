/* Rows of a CSV file to requests of the dialect, and their results to rows. */
#include "service/dialect_csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/pattern.h"
#include "service/csv.h"
#include "service/dialect.h"
#include "service/dialect_reply.h"

enum { ENTRIES_LIMIT = 100, SHOWN = 60, ERRORS_SHOWN = 20 };

/* What a column is: a field of the household (person 0) or of a person, or of an entry of one of its lists. */
struct ask_dialect_column {
  size_t person;                         /* 1, 2, ...; 0: the household */
  const struct ask_dialect_field *field; /* NULL: the column has no name and has to be empty */
  size_t entry;                          /* 1, 2, ... of a list; 0: the field itself */
  const struct ask_dialect_field *part;  /* of the entry */
};

void ask_dialect_csv_begin(struct ask_dialect_csv *csv) {
  csv->arena = ask_arena_new();
  csv->row = ask_arena_new();
}

void ask_dialect_csv_end(struct ask_dialect_csv *csv) {
  ask_arena_free(csv->arena);
  ask_arena_free(csv->row);
  csv->arena = csv->row = NULL;
}

static const struct ask_dialect_spec *dialect_of(const struct ask_dialect_csv *csv) {
  return csv->rules->catalogue->packs[csv->pack].spec->dialect;
}

/* ---- the header -------------------------------------------------------------------------------------------------- */

/* The part of `text` up to the next point, which it moves behind. False: there is none. */
static bool take(const char **text, struct ask_text *ret) {
  if (!*text) return false;
  size_t length = strcspn(*text, ".");
  *ret = (struct ask_text){*text, length};
  *text = (*text)[length] ? *text + length + 1 : NULL;
  return length > 0;
}

/* 1 to most, without a sign or zeros before it; 0: it is none. */
static size_t number_of(const struct ask_text *text, size_t most) {
  size_t number = 0;
  if (!text->length || text->length > 6 || *text->bytes == '0') return 0;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] < '0' || text->bytes[i] > '9') return 0;
    number = number * 10 + (size_t)(text->bytes[i] - '0');
  }
  return number <= most ? number : 0;
}

/* Spreadsheets write capitals as they please. */
static bool same_name(const struct ask_text *text, const char *name) {
  return text->length == strlen(name) && strncasecmp(text->bytes, name, text->length) == 0;
}

static const struct ask_dialect_field *field_named(const struct ask_dialect_field *fields, size_t count,
                                                   const struct ask_text *name) {
  for (size_t i = 0; i < count; i++)
    if (same_name(name, fields[i].name)) return &fields[i];
  return NULL;
}

/* "2.Person.incomes.1.amount". False: there is no such column. */
static bool read_column(const struct ask_dialect_spec *dialect, const char *text, struct ask_dialect_column *ret) {
  struct ask_dialect_column column = {0};
  const struct ask_dialect_part *part = &dialect->household;
  struct ask_text step;
  if (!take(&text, &step)) return false;
  column.person = number_of(&step, (size_t)dialect->people.most);
  if (column.person) {
    part = &dialect->people;
    if (!take(&text, &step) || !same_name(&step, part->column) || !take(&text, &step)) return false;
  } else if (same_name(&step, part->column) && !take(&text, &step)) {
    return false;
  }
  column.field = field_named(part->fields, part->field_count, &step);
  if (!column.field && !column.person) column.field = field_named(dialect->flags, dialect->flag_count, &step);
  if (!column.field) return false;
  if (column.field->type == ASK_DIALECT_LIST) {
    size_t most = column.field->most && column.field->most < ENTRIES_LIMIT ? (size_t)column.field->most : ENTRIES_LIMIT;
    if (!take(&text, &step) || !(column.entry = number_of(&step, most)) || !take(&text, &step)) return false;
    column.part = field_named(column.field->fields, column.field->field_count, &step);
    if (!column.part) return false;
  }
  *ret = column;
  return text == NULL;
}

static bool same_column(const struct ask_dialect_column *a, const struct ask_dialect_column *b) {
  return a->field && a->person == b->person && a->field == b->field && a->entry == b->entry && a->part == b->part;
}

static bool read_header(struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count,
                        struct ask_problems *problems) {
  const struct ask_dialect_spec *dialect = dialect_of(csv);
  size_t errors = problems->errors;
  csv->columns = ask_alloc_array(csv->arena, count, sizeof *csv->columns);
  csv->column_count = count;
  for (size_t i = 0; i < count; i++) {
    struct ask_place at = {.line = 1, .column = (int)i + 1};
    if (!cells[i].length) continue;
    if (!ask_utf8_valid(cells[i].bytes, cells[i].length) || !read_column(dialect, cells[i].bytes, &csv->columns[i])) {
      ask_problem_add(problems, ASK_ERROR, "csv.column", at, NULL,
                      ask_printf(problems->arena, "columns are called %s.NAME, 1.%s.NAME, 1.%s.LIST.1.NAME",
                                 dialect->household.column, dialect->people.column, dialect->people.column),
                      "column %zu: there is no column '%.60s'", i + 1,
                      ask_utf8_valid(cells[i].bytes, cells[i].length) ? cells[i].bytes : "(not UTF-8)");
      csv->columns[i].field = NULL;
      continue;
    }
    for (size_t k = 0; k < i; k++)
      if (same_column(&csv->columns[k], &csv->columns[i]))
        ask_problem_add(problems, ASK_ERROR, "csv.column", at, NULL, NULL,
                        "column %zu: %s is there twice, as column %zu too", i + 1, cells[i].bytes, k + 1);
  }
  bool any = false;
  for (size_t i = 0; i < count; i++) any = any || csv->columns[i].field;
  if (!any && problems->errors == errors)
    ask_problem_add(problems, ASK_ERROR, "csv.column", (struct ask_place){.line = 1}, NULL, NULL,
                    "the first row has to name the columns");
  return problems->errors == errors;
}

/* ---- a row becomes a request ------------------------------------------------------------------------------------- */

struct object {
  struct ask_raw *children;
  size_t count, capacity;
};

static struct ask_raw *add(struct ask_arena *arena, struct object *object, const char *key, int kind,
                           struct ask_place at) {
  struct ask_raw *raw = ask_push(arena, &object->children, &object->count, &object->capacity, sizeof *raw);
  *raw = (struct ask_raw){.key = key, .at = at};
  raw->kind = kind;
  return raw;
}

static void finish(struct ask_raw *raw, int kind, const struct object *object) {
  raw->kind = kind;
  raw->children = object->children;
  raw->child_count = object->count;
}

static const struct ask_text *cell_of(const struct ask_text *cells, size_t count, size_t i) {
  return i < count && cells[i].length ? &cells[i] : NULL;
}

/* The entries of one list of a person. `at.column` of each is its number in the header. */
static void add_entries(struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count, size_t person,
                        const struct ask_dialect_field *list, struct object *ret) {
  size_t most = 0;
  struct object entries = {0};
  for (size_t i = 0; i < csv->column_count; i++)
    if (csv->columns[i].person == person && csv->columns[i].field == list && csv->columns[i].entry > most)
      most = csv->columns[i].entry;
  for (size_t n = 1; n <= most; n++) {
    struct object entry = {0};
    for (size_t i = 0; i < csv->column_count; i++) {
      const struct ask_dialect_column *column = &csv->columns[i];
      const struct ask_text *cell = cell_of(cells, count, i);
      if (!cell || column->person != person || column->field != list || column->entry != n) continue;
      struct ask_raw *raw = add(csv->row, &entry, column->part->name, ASK_RAW_TEXT, ASK_NOWHERE);
      raw->text = cell->bytes;
      raw->length = cell->length;
    }
    if (entry.count)
      finish(add(csv->row, &entries, NULL, ASK_RAW_OBJECT, (struct ask_place){.column = (int)n}), ASK_RAW_OBJECT,
             &entry);
  }
  if (entries.count) finish(add(csv->row, ret, list->name, ASK_RAW_ARRAY, ASK_NOWHERE), ASK_RAW_ARRAY, &entries);
}

/* The household (person 0) or one person; without a filled cell it has no fields. */
static void add_fields(struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count, size_t person,
                       const struct ask_dialect_part *part, struct object *ret) {
  for (size_t f = 0; f < part->field_count; f++) {
    const struct ask_dialect_field *field = &part->fields[f];
    if (field->type == ASK_DIALECT_LIST) {
      add_entries(csv, cells, count, person, field, ret);
      continue;
    }
    for (size_t i = 0; i < csv->column_count; i++) {
      const struct ask_text *cell = cell_of(cells, count, i);
      if (!cell || csv->columns[i].person != person || csv->columns[i].field != field) continue;
      struct ask_raw *raw = add(csv->row, ret, field->name, ASK_RAW_TEXT, ASK_NOWHERE);
      raw->text = cell->bytes;
      raw->length = cell->length;
    }
  }
}

static const struct ask_raw *request_of(struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count) {
  const struct ask_dialect_spec *dialect = dialect_of(csv);
  struct object request = {0}, households = {0}, people = {0}, household = {0};
  add_fields(csv, cells, count, 0, &dialect->household, &household);
  finish(add(csv->row, &households, NULL, ASK_RAW_OBJECT, ASK_NOWHERE), ASK_RAW_OBJECT, &household);
  for (size_t n = 1; n <= (size_t)dialect->people.most; n++) {
    struct object person = {0};
    add_fields(csv, cells, count, n, &dialect->people, &person);
    if (person.count)
      finish(add(csv->row, &people, NULL, ASK_RAW_OBJECT, (struct ask_place){.column = (int)n}), ASK_RAW_OBJECT,
             &person);
  }
  finish(add(csv->row, &request, dialect->household.list, ASK_RAW_ARRAY, ASK_NOWHERE), ASK_RAW_ARRAY, &households);
  finish(add(csv->row, &request, dialect->people.list, ASK_RAW_ARRAY, ASK_NOWHERE), ASK_RAW_ARRAY, &people);
  add_fields(csv, cells, count, 0,
             &(struct ask_dialect_part){.fields = dialect->flags, .field_count = dialect->flag_count}, &request);
  struct ask_raw *root = ask_alloc(csv->row, sizeof *root);
  finish(root, ASK_RAW_OBJECT, &request);
  return root;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

/* The column that a way such as person.1.incomes.0.amount leads to: 3.Person.incomes.1.amount. */
static const char *column_of(struct ask_dialect_csv *csv, const struct ask_raw *request, const char *path) {
  const struct ask_dialect_spec *dialect = dialect_of(csv);
  const struct ask_raw *at = request;
  const char *name = "";
  struct ask_text step;
  bool first = true;
  for (const char *rest = path; rest && take(&rest, &step);) {
    size_t index = (size_t)strtoul(step.bytes, NULL, 10);
    const struct ask_raw *child = NULL;
    if (at && at->kind == ASK_RAW_ARRAY) {
      child = index < at->child_count ? &at->children[index] : NULL;
      if (child && child->at.column) name = ask_printf(csv->row, "%s%s%d", name, *name ? "." : "", child->at.column);
      if (first)
        name = ask_printf(csv->row, "%s%s%s", name, *name ? "." : "",
                          child && child->at.column ? dialect->people.column : dialect->household.column);
      first = false;
    } else {
      for (size_t i = 0; at && at->kind == ASK_RAW_OBJECT && i < at->child_count; i++)
        if (ask_text_is(&step, at->children[i].key)) child = &at->children[i];
      if (at != request)
        name = ask_printf(csv->row, "%s.%.*s", name, (int)step.length, step.bytes);
      else if (!rest)
        name = ask_printf(csv->row, "%.*s", (int)step.length, step.bytes);
    }
    at = child;
  }
  return name;
}

static void put_errors(struct ask_dialect_csv *csv, const struct ask_raw *request, const struct ask_problems *problems,
                       struct ask_buffer *out) {
  struct ask_buffer text = {0};
  for (size_t i = 0, shown = 0; i < problems->count && shown < ERRORS_SHOWN; i++) {
    const struct ask_problem *problem = &problems->list[i];
    if (problem->severity != ASK_ERROR) continue;
    const char *column = problem->path && request ? column_of(csv, request, problem->path) : "";
    ask_buffer_printf(&text, "%s%s%s%s", shown++ ? "; " : "", column, *column ? ": " : "", problem->message);
  }
  ask_csv_put(out, text.bytes ? text.bytes : "", text.length);
  ask_buffer_free(&text);
}

static void put_programs(const struct ask_result *result, bool names, struct ask_buffer *out) {
  struct ask_buffer text = {0};
  for (size_t i = 0; i < result->determination_count; i++) {
    const struct ask_determination *d = &result->determinations[i];
    if (!ask_dialect_eligible(d)) continue;
    ask_buffer_printf(&text, "%s%s", text.length ? "|" : "", names ? d->program->spec->name : d->program->spec->id);
  }
  ask_csv_put(out, text.bytes ? text.bytes : "", text.length);
  ask_buffer_free(&text);
}

/* The sender's own reference, if it is one: nothing else of what was sent comes back. */
static const char *reference_of(const struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count) {
  const struct ask_dialect_spec *dialect = dialect_of(csv);
  for (size_t i = 0; dialect->reference && i < csv->column_count; i++) {
    const struct ask_dialect_field *field = csv->columns[i].field;
    const struct ask_text *cell = cell_of(cells, count, i);
    if (!cell || !field || csv->columns[i].person || strcmp(field->name, dialect->reference) != 0) continue;
    bool good = !field->matcher || ask_pattern_matches(field->matcher, cell->bytes, cell->length);
    return good && (!field->most || cell->length <= (size_t)field->most) ? cell->bytes : "";
  }
  return "";
}

static void assess_row(struct ask_dialect_csv *csv, const struct ask_text *cells, size_t count,
                       struct ask_buffer *out) {
  struct ask_problems problems = {.arena = csv->row};
  const struct ask_raw *request = NULL;
  const struct ask_result *result = NULL;
  bool text = true;
  for (size_t i = 0; i < count; i++) {
    if (!ask_utf8_valid(cells[i].bytes, cells[i].length)) text = false;
    if (cells[i].length && (i >= csv->column_count || !csv->columns[i].field))
      ask_problem_add(&problems, ASK_ERROR, "csv.cell", ASK_NOWHERE, NULL, NULL, "cell %zu has no column", i + 1);
  }
  if (!text) ask_problem_add(&problems, ASK_ERROR, "csv.text", ASK_NOWHERE, NULL, NULL, "the row is not UTF-8");
  if (!problems.errors) {
    request = request_of(csv, cells, count);
    result = ask_dialect_assess(csv->desk, csv->rules->catalogue, csv->pack, csv->programs, csv->as_of, csv->row,
                                request, &problems);
  }
  const char *reference = text ? reference_of(csv, cells, count) : "";
  ask_buffer_printf(out, "%lld,", (long long)csv->number);
  ask_csv_put(out, reference, strlen(reference));
  ask_buffer_putc(out, ',');
  if (result) put_programs(result, false, out);
  ask_buffer_putc(out, ',');
  if (result) put_programs(result, true, out);
  ask_buffer_putc(out, ',');
  if (result) ask_dialect_undetermined(result, &problems);
  put_errors(csv, request, &problems, out);
  ask_buffer_puts(out, "\r\n");
  if (result)
    csv->good++;
  else
    csv->bad++;
}

static bool is_blank(const struct ask_text *cells, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cells[i].length) return false;
  return true;
}

static enum ask_dialect_csv_step stop(struct ask_dialect_csv *csv, const char *code, const char *why,
                                      struct ask_problems *problems) {
  ask_problem_add(problems, ASK_ERROR, code, (struct ask_place){.line = (int)csv->number + 1}, NULL, NULL,
                  "row %lld: %s", (long long)csv->number + 1, why);
  return ASK_DIALECT_CSV_STOPPED;
}

enum ask_dialect_csv_step ask_dialect_csv_rows(struct ask_dialect_csv *csv, const char *bytes, size_t length, bool last,
                                               int64_t most, size_t *at, struct ask_buffer *out,
                                               struct ask_problems *problems) {
  for (;;) {
    struct ask_text *cells = NULL;
    size_t count = 0;
    const char *why = NULL;
    ask_arena_reset(csv->row);
    enum ask_csv_step step = ask_csv_next(csv->row, bytes, length, last, at, &cells, &count, &why);
    if (step == ASK_CSV_BROKEN) return stop(csv, "csv.row", why, problems);
    if (step == ASK_CSV_END && !csv->number) return stop(csv, "csv.empty", "there is nothing in the file", problems);
    if (step != ASK_CSV_ROW) return ASK_DIALECT_CSV_GOES_ON;
    if (csv->number && most && csv->good + csv->bad >= most)
      return stop(csv, "csv.tooMany", "there are more rows than are read at once", problems);
    csv->number++;
    if (csv->number == 1) {
      if (!read_header(csv, cells, count, problems)) return ASK_DIALECT_CSV_STOPPED;
      const char *reference = dialect_of(csv)->reference;
      ask_buffer_printf(out, "row,%s,eligiblePrograms,eligibleProgramNames,errors\r\n",
                        reference ? reference : "reference");
    } else if (!is_blank(cells, count)) {
      assess_row(csv, cells, count, out);
    }
  }
}
