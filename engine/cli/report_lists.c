/* The lists over all programs: documents to gather, each once; questions to ask next. */
#include <string.h>

#include "cli/report.h"
#include "cli/words.h"

/* One document and the programs that want it. */
struct wanted {
  const char *text;
  const char *programs;
  bool sure;
};

static bool is_sure(const struct ask_determination *d, const struct ask_text_when_spec *document) {
  int32_t reg = d->program->documents[document - d->program->spec->documents].reg;
  return d->status <= ASK_POSSIBLE && (reg < 0 || !d->states || d->states[reg] == ASK_KNOWN);
}

void ask_report_documents(struct ask_screen *screen, const struct ask_session *session,
                          const struct ask_determination *const *order) {
  struct wanted *list = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < session->result->determination_count; i++) {
    const struct ask_determination *d = order[i];
    if (d->status > ASK_NEED_INFO) continue;
    for (size_t j = 0; j < d->document_count; j++) {
      size_t k = 0;
      while (k < count && strcmp(list[k].text, d->documents[j]->text) != 0) k++;
      bool sure = is_sure(d, d->documents[j]);
      if (k < count) {
        list[k].programs = ask_printf(session->arena, "%s, %s", list[k].programs, d->program->spec->id);
        list[k].sure = list[k].sure || sure;
        continue;
      }
      struct wanted *one = ask_push(session->arena, &list, &count, &capacity, sizeof *one);
      *one = (struct wanted){d->documents[j]->text, d->program->spec->id, sure};
    }
  }
  for (int sure = 1; sure >= 0; sure--) {
    bool headed = false;
    for (size_t k = 0; k < count; k++) {
      if (list[k].sure != (sure == 1)) continue;
      if (!headed) ask_heading(screen, sure ? "Documents to gather, each once" : "Documents that may be needed too");
      headed = true;
      ask_paragraph(screen, "  [ ] ", ASK_PLAIN, ask_printf(session->arena, "%s (%s)", list[k].text, list[k].programs));
    }
  }
}

void ask_report_next(struct ask_screen *screen, struct ask_session *session, size_t most) {
  const struct ask_next *next = NULL;
  const struct ask_catalogue *catalogue = session->rules->catalogue;
  size_t count = ask_next_items(ask_desk_workspace(session->desk), &next, NULL, NULL);
  if (!count) return;
  ask_heading(screen, "Questions to ask next, the most useful first");
  for (size_t i = 0; i < count && i < most; i++) {
    char first[32];
    snprintf(first, sizeof first, "%3zu. ", i + 1);
    const char *blocks = ask_program_list(session->arena, catalogue, next[i].blocks, next[i].block_count);
    ask_paragraph(screen, first, ASK_PLAIN,
                  ask_printf(session->arena, "%s: %s%s%s",
                             ask_question_line(session->arena, catalogue, next[i].item, next[i].path),
                             next[i].first ? "before anything else" : "",
                             next[i].first ? (*blocks ? ", and for " : "") : "for ", blocks));
  }
  if (count > most) ask_say(screen, "     and %zu more (askonce next lists them)\n", count - most);
}
