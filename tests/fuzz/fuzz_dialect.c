/* Fuzzes requests in another system's format: bytes as JSON, or (when they do not begin like it) as a CSV file. With the shipped
 * form and pack, beyond "no crash" it holds: what the dialect accepts is an input that our own reader accepts or refuses for its
 * values alone, never for a name or a type; every program of the pack then says yes or no; and a CSV file gives the same rows
 * whether it comes at once or in two pieces. Runs in the source tree. */
#include <stdlib.h>
#include <string.h>

#include "service/csv.h"
#include "service/dialect.h"
#include "service/dialect_csv.h"
#include "service/dialect_reply.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds) abort();
}

enum { DAY = 20780, MOST = 60000 };
static struct ask_rules *rules;
static struct ask_desk *desk;
static struct ask_json_reader *reader;
static int32_t pack;

static void open_rules(void) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_data_options options = {.forms = "forms", .plugins = "plugins", .pack = "access_nyc"};
  struct ask_data_places places;
  require(ask_data_find(arena, &options, &places, &problems));
  rules = ask_rules_load(&places, &problems);
  require(rules != NULL);
  pack = ask_dialect_pack(rules->catalogue, 0);
  require(pack >= 0);
  desk = ask_desk_new(rules);
  reader = ask_json_reader_new();
  ask_arena_free(arena);
}

/* What a slip in the table would give, and nothing that was sent may. */
static bool is_ours(const char *code) {
  static const char *const codes[] = {"unknown-item", "unknown-word", "unknown-key", "wrong-type"};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (strcmp(code, codes[i]) == 0) return true;
  return false;
}

static void check_json(struct ask_arena *arena, const char *bytes, size_t size) {
  const struct ask_dialect_spec *dialect = rules->catalogue->packs[pack].spec->dialect;
  struct ask_json_source source = {.limit = MOST};
  struct ask_problems problems = {.arena = arena};
  struct ask_problems unread = {.arena = arena};
  const struct ask_raw *request = ask_json_read(reader, arena, &source, bytes, size, &problems);
  if (!request) return;
  const struct ask_raw *input = ask_dialect_read(arena, dialect, request, &problems);
  require(input ? problems.errors == 0 : problems.errors > 0);
  const struct ask_result *result =
      ask_dialect_assess(desk, rules->catalogue, pack, NULL, DAY, arena, request, &unread);
  for (size_t i = 0; input && i < unread.count; i++) require(!is_ours(unread.list[i].code));
  for (size_t i = 0; result && i < result->determination_count; i++) {
    enum ask_status status = result->determinations[i].status;
    require(status == ASK_LIKELY || status == ASK_POSSIBLE || status == ASK_UNLIKELY);
  }
  struct ask_buffer text = {0};
  if (result)
    ask_dialect_write(&text, result);
  else
    ask_dialect_write_problems(&text, "more", unread.list, unread.count);
  require(ask_json_read(reader, arena, &(struct ask_json_source){.limit = 100 * MOST}, text.bytes, text.length,
                        &unread) != NULL);
  ask_buffer_free(&text);
}

/* The rows, and whether the whole file was read. */
static bool rows_of(struct ask_arena *arena, const char *bytes, size_t size, size_t cut, struct ask_buffer *out) {
  struct ask_dialect_csv csv = {.rules = rules, .desk = desk, .pack = pack, .as_of = DAY};
  struct ask_problems problems = {.arena = arena};
  enum ask_dialect_csv_step step = ASK_DIALECT_CSV_GOES_ON;
  size_t at = ask_csv_start(bytes, size);
  ask_dialect_csv_begin(&csv);
  if (cut > at && cut < size) step = ask_dialect_csv_rows(&csv, bytes, cut, false, 50, &at, out, &problems);
  if (step == ASK_DIALECT_CSV_GOES_ON) step = ask_dialect_csv_rows(&csv, bytes, size, true, 50, &at, out, &problems);
  ask_dialect_csv_end(&csv);
  require((step == ASK_DIALECT_CSV_STOPPED) == (problems.errors > 0));
  return step == ASK_DIALECT_CSV_GOES_ON;
}

static void check_csv(struct ask_arena *arena, const char *bytes, size_t size) {
  struct ask_buffer whole = {0}, pieces = {0};
  bool good = rows_of(arena, bytes, size, 0, &whole);
  require(rows_of(arena, bytes, size, size / 2, &pieces) == good);
  require(whole.length == pieces.length && (!whole.length || memcmp(whole.bytes, pieces.bytes, whole.length) == 0));
  ask_buffer_free(&whole);
  ask_buffer_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > MOST) return 0;
  if (!rules) open_rules();
  struct ask_arena *arena = ask_arena_new();
  char *bytes = ask_strndup(arena, size ? (const char *)data : "", size);
  if (size && (bytes[0] == '{' || bytes[0] == '['))
    check_json(arena, bytes, size);
  else
    check_csv(arena, bytes, size);
  ask_arena_free(arena);
  return 0;
}
