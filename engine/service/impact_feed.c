/* Households for an impact run: the lines of a file, or the latest revision of every assessment in a store. */
#include <errno.h>
#include <string.h>

#include "base/date.h"
#include "service/impact_parts.h"

enum { ROWS_AT_ONCE = 200, CHUNK_SIZE = 96 * 1024 };

static bool store_failed(struct ask_impact_feed *feed, enum ask_store_status status) {
  const char *why = ask_store_message(feed->options->session);
  ask_problem_add(feed->problems, ASK_ERROR, ask_store_status_text(status), ASK_NOWHERE, NULL, NULL,
                  "the store cannot be read: %s", *why ? why : ask_store_status_text(status));
  return false;
}

bool ask_impact_feed_open(struct ask_impact_feed *feed, const struct ask_impact_options *options,
                          struct ask_problems *problems) {
  *feed = (struct ask_impact_feed){.options = options, .problems = problems, .input.fd = -1};
  if (options->in) return ask_bulk_input_open(&feed->input, options->in, problems);
  struct ask_store_counts counts;
  enum ask_store_status status = ask_store_count(options->session, &counts);
  if (status != ASK_STORE_OK) return store_failed(feed, status);
  feed->total = counts.assessments;
  feed->page = ask_arena_new();
  ask_buffer_puts(&feed->cursor, "");
  return true;
}

/* ---- the store --------------------------------------------------------------------------------------------------- */

static void hand_out(struct ask_impact_feed *feed, struct ask_bulk_chunk *chunk) {
  if (!feed->pending.length) return;
  ask_buffer_add(&chunk->lines, feed->pending.bytes, feed->pending.length);
  ask_buffer_putc(&chunk->lines, '\n');
  chunk->line_count++;
  feed->line++;
  ask_buffer_clear(&feed->pending);
}

/* Answers are stored as one JSON object on one line. */
static void hold(struct ask_impact_feed *feed, const struct ask_revision *revision) {
  char id[ASK_UUID_TEXT], day[16];
  ask_uuid_text(&revision->assessment, id);
  ask_date_text(revision->as_of, day);
  feed->assessment = revision->assessment;
  ask_buffer_clear(&feed->pending);
  ask_buffer_printf(&feed->pending, "{\"as_of\":\"%s\",\"id\":\"%s\",\"answers\":", day, id);
  ask_buffer_add(&feed->pending, revision->answers.bytes, revision->answers.length);
  ask_buffer_putc(&feed->pending, '}');
}

static bool take_row(struct ask_impact_feed *feed, const struct ask_store_row *row, struct ask_bulk_chunk *chunk) {
  struct ask_revision revision;
  if (strcmp(row->table, "revision") != 0) return true;
  if (!ask_store_row_revision(row, feed->page, &revision)) {
    ask_problem_add(feed->problems, ASK_ERROR, "broken", ASK_NOWHERE, NULL, "askonce store check says more",
                    "a revision of the store cannot be read");
    return false;
  }
  if (memcmp(&feed->assessment, &revision.assessment, sizeof feed->assessment) != 0) hand_out(feed, chunk);
  hold(feed, &revision);
  return true;
}

static bool from_store(struct ask_impact_feed *feed, struct ask_bulk_chunk *chunk) {
  ask_buffer_clear(&chunk->lines);
  chunk->line_count = 0;
  chunk->first_line = feed->line + 1;
  while (!feed->ended && chunk->lines.length < CHUNK_SIZE) {
    struct ask_store_row *rows = NULL;
    size_t count = 0;
    ask_arena_reset(feed->page);
    enum ask_store_status status =
        ask_store_walk(feed->options->session, feed->cursor.bytes, ROWS_AT_ONCE, feed->page, &rows, &count);
    if (status != ASK_STORE_OK) return store_failed(feed, status);
    for (size_t i = 0; i < count; i++)
      if (!take_row(feed, &rows[i], chunk)) return false;
    feed->ended = count == 0;
    if (feed->ended) {
      hand_out(feed, chunk);
    } else {
      ask_buffer_clear(&feed->cursor);
      ask_buffer_puts(&feed->cursor, rows[count - 1].cursor);
    }
  }
  return true;
}

/* ---- either ------------------------------------------------------------------------------------------------------ */

bool ask_impact_feed_next(struct ask_impact_feed *feed, struct ask_bulk_chunk *chunk) {
  if (!feed->options->in) return from_store(feed, chunk);
  if (ask_bulk_input_fill(&feed->input, chunk, feed->options->stop)) return true;
  ask_problem_add(feed->problems, ASK_ERROR, "cannot-read", (struct ask_place){.file = feed->input.name}, NULL, NULL,
                  "cannot be read further: %s", strerror(errno));
  return false;
}

int64_t ask_impact_feed_total(const struct ask_impact_feed *feed, int64_t done) {
  if (!feed->options->in) return feed->total;
  if (!feed->input.size || !feed->input.offset) return 0;
  return (int64_t)((double)done * (double)feed->input.size / (double)feed->input.offset);
}

void ask_impact_feed_close(struct ask_impact_feed *feed) {
  if (feed->options->in) ask_bulk_input_close(&feed->input);
  ask_arena_free(feed->page);
  ask_buffer_free(&feed->cursor);
  ask_buffer_free(&feed->pending);
}
