/* Reading what was kept: a revision as it was determined then, and how revisions differ. */
#include <string.h>

#include "base/date.h"
#include "service/intake_parts.h"
#include "json/project.h"

/* ---- one revision -------------------------------------------------------------------------------------------------- */

void ask_reply_assessment(struct ask_reply *reply, const struct ask_uuid *assessment, int32_t revision,
                          struct ask_text result) {
  char id[ASK_UUID_TEXT];
  struct ask_buffer *body = reply->body;
  ask_uuid_text(assessment, id);
  ask_buffer_clear(body);
  ask_buffer_reserve(body, result.length + 80);
  ask_buffer_printf(body, "{\"id\":\"%s\",\"revision\":%d,", id, (int)revision);
  ask_buffer_add(body, result.bytes + 1, result.length - 1); /* without its { */
  reply->assessment = *assessment;
  reply->revision = revision;
}

static bool is_object(struct ask_text text) {
  return text.length > 2 && text.bytes[0] == '{' && text.bytes[text.length - 1] == '}';
}

enum ask_outcome ask_seat_get(struct ask_seat *seat, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                              int32_t number, struct ask_revision *ret, struct ask_reply *reply) {
  ask_seat_begin_plain(seat);
  enum ask_outcome outcome = ask_need_store(seat, reply);
  if (outcome != ASK_DONE) return outcome;
  if (number < 0) return ASK_NO_SUCH;
  enum ask_store_status status = ask_store_get(seat->session, partner, assessment, number, seat->arena, ret);
  outcome = ask_outcome_of_session(seat, status, reply);
  if (outcome == ASK_DONE && (!is_object(ret->result) || ret->number < 1))
    return ask_damaged(reply, "a stored result cannot be read");
  return outcome;
}

enum ask_outcome ask_reply_stored(struct ask_seat *seat, const struct ask_revision *revision,
                                  const struct ask_view *view, struct ask_reply *reply) {
  struct ask_text result = revision->result;
  if (view->detail == ASK_DETAIL_TREE) {
    struct ask_recomputed again;
    enum ask_outcome outcome = ask_recompute(seat, revision, reply, &again);
    if (outcome != ASK_DONE) return outcome;
    ask_buffer_clear(&seat->text);
    ask_desk_write(again.desk, again.result, &again.household, &again.choice, view->detail, view->with_next,
                   &seat->text);
    ask_recomputed_release(seat, &again);
    result = (struct ask_text){seat->text.bytes, seat->text.length};
  } else if (view->detail != ASK_DETAIL_REASONS || !view->with_next) {
    ask_buffer_clear(&seat->text);
    if (!ask_json_project(&seat->text, result, view->detail, view->with_next))
      return ask_damaged(reply, "a stored result cannot be read");
    result = (struct ask_text){seat->text.bytes, seat->text.length};
  }
  ask_reply_assessment(reply, &revision->assessment, revision->number, result);
  return ASK_DONE;
}

enum ask_outcome ask_intake_read(struct ask_seat *seat, const struct ask_caller *caller,
                                 const struct ask_uuid *assessment, int32_t number, const struct ask_view *view,
                                 struct ask_reply *reply) {
  struct ask_revision revision;
  enum ask_outcome outcome = ask_seat_get(seat, &caller->partner, assessment, number, &revision, reply);
  return outcome == ASK_DONE ? ask_reply_stored(seat, &revision, view, reply) : outcome;
}

/* ---- what changed -------------------------------------------------------------------------------------------------- */

struct answers {
  struct answer {
    struct ask_text item, value;
    bool met;
  } * list;
  size_t count, capacity;
};

/* The members of an answers object, as texts: we wrote them, so equal answers are equal texts. */
static bool list_answers(struct ask_arena *arena, struct ask_text object, struct answers *ret) {
  struct ask_json_walk walk;
  struct ask_text key, value;
  *ret = (struct answers){0};
  if (!ask_json_walk_start(&walk, object)) return false;
  while (ask_json_walk_next(&walk, &key, &value)) {
    struct answer *answer = ask_push(arena, &ret->list, &ret->count, &ret->capacity, sizeof *answer);
    *answer = (struct answer){key, value, false};
  }
  return !walk.broken;
}

static bool same_text(const struct ask_text *a, const struct ask_text *b) {
  return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* Both are nearly always in the same order: looking begins behind what was found last. */
static struct answer *find_answer(struct answers *answers, const struct ask_text *item, size_t *hint) {
  for (size_t i = 0; i < answers->count; i++) {
    size_t at = (*hint + i) % answers->count;
    if (!same_text(&answers->list[at].item, item)) continue;
    *hint = at + 1;
    return &answers->list[at];
  }
  return NULL;
}

static void add_change(struct ask_buffer *body, bool *first, const struct ask_text *item, const struct ask_text *from,
                       const struct ask_text *to) {
  ask_buffer_printf(body, "%s{\"item\":\"", *first ? "" : ",");
  ask_buffer_add(body, item->bytes, item->length);
  ask_buffer_putc(body, '"');
  if (from) ask_buffer_puts(body, ",\"from\":");
  if (from) ask_buffer_add(body, from->bytes, from->length);
  if (to) ask_buffer_puts(body, ",\"to\":");
  if (to) ask_buffer_add(body, to->bytes, to->length);
  ask_buffer_putc(body, '}');
  *first = false;
}

static void add_changes(struct ask_buffer *body, struct answers *before, const struct answers *now) {
  bool first = true;
  size_t hint = 0;
  for (size_t i = 0; i < now->count; i++) {
    const struct answer *answer = &now->list[i];
    struct answer *old = find_answer(before, &answer->item, &hint);
    if (old) old->met = true;
    if (!old || !same_text(&old->value, &answer->value))
      add_change(body, &first, &answer->item, old ? &old->value : NULL, &answer->value);
  }
  for (size_t i = 0; i < before->count; i++)
    if (!before->list[i].met) add_change(body, &first, &before->list[i].item, &before->list[i].value, NULL);
}

/* 2026-11-23T14:05:09.123456Z */
static void add_moment(struct ask_buffer *body, int64_t microseconds) {
  int64_t seconds = microseconds / 1000000, fraction = microseconds % 1000000;
  if (fraction < 0) {
    fraction += 1000000;
    seconds--;
  }
  int64_t days = seconds / 86400, rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    days--;
  }
  char day[16];
  ask_date_text(days, day);
  ask_buffer_printf(body, "%sT%02d:%02d:%02d.%06dZ", day, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60),
                    (int)fraction);
}

static void add_line(struct ask_buffer *body, const struct ask_revision_line *line) {
  char key[ASK_UUID_TEXT], day[16];
  ask_uuid_text(&line->key, key);
  ask_date_text(line->as_of, day);
  ask_buffer_printf(body, "{\"revision\":%d,\"at\":\"", (int)line->number);
  add_moment(body, line->at);
  ask_buffer_printf(body, "\",\"as_of\":\"%s\",\"key\":\"%s\",\"rules\":\"%s\",\"changed\":[", day, key, line->rules);
}

enum ask_outcome ask_intake_revisions(struct ask_seat *seat, const struct ask_caller *caller,
                                      const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                      struct ask_reply *reply) {
  enum { MOST = 100 };
  struct ask_revision_line *lines = NULL;
  struct ask_buffer *body = reply->body;
  size_t count = 0;
  int32_t latest = 0, most = limit < 1 ? 1 : limit > MOST ? MOST : limit;
  ask_seat_begin_plain(seat);
  enum ask_outcome outcome = ask_need_store(seat, reply);
  if (outcome != ASK_DONE) return outcome;
  /* one more at the beginning: what the first of the page differs from */
  int32_t from = after > 0 ? after - 1 : 0, more = after > 0;
  outcome = ask_outcome_of_session(seat,
                                   ask_store_revisions(seat->session, &caller->partner, assessment, from, most + more,
                                                       seat->arena, &lines, &count, &latest),
                                   reply);
  if (outcome != ASK_DONE) return outcome;
  struct answers before = {0}, now;
  char id[ASK_UUID_TEXT];
  int32_t last = after;
  ask_uuid_text(assessment, id);
  ask_buffer_printf(body, "{\"id\":\"%s\",\"latest\":%d,\"revisions\":[", id, (int)latest);
  for (size_t i = 0; i < count; i++) {
    if (!list_answers(seat->arena, lines[i].answers, &now)) {
      ask_buffer_clear(body);
      return ask_damaged(reply, "stored answers cannot be read");
    }
    if (lines[i].number > after) {
      if (last > after) ask_buffer_putc(body, ',');
      last = lines[i].number;
      add_line(body, &lines[i]);
      add_changes(body, &before, &now);
      ask_buffer_puts(body, "]}");
    }
    for (size_t k = 0; k < now.count; k++) now.list[k].met = false;
    before = now;
  }
  reply->assessment = *assessment;
  reply->revision = latest;
  reply->next = last > after && last < latest ? last : 0;
  ask_buffer_puts(body, "],\"next\":");
  if (reply->next)
    ask_buffer_printf(body, "%d}", (int)reply->next);
  else
    ask_buffer_puts(body, "null}");
  return ASK_DONE;
}
