/* What is said about all results together: what to do first, on top; what the programs should know of each other. */
#include <stdio.h>

#include "cli/report.h"
#include "cli/words.h"

static void say(struct ask_screen *screen, struct ask_arena *arena, const struct ask_finding *finding,
                const char *within, enum ask_style style) {
  const struct ask_remark_spec *spec = finding->remark->spec;
  const char *seen = "";
  for (size_t i = 0; i < finding->seen_count; i++)
    seen = ask_printf(arena, "%s%s%s", seen, i ? ", " : " (", finding->seen[i]);
  ask_paragraph(screen, "  ", style, ask_printf(arena, "%s%s%s%s", spec->text, seen, *seen ? ")" : "", within));
  if (spec->say) ask_paragraph(screen, "      ", style == ASK_RED ? ASK_BOLD : ASK_PLAIN, spec->say);
  if (spec->cite || !finding->verified)
    ask_paragraph(screen, "      ", ASK_DIM,
                  ask_printf(arena, "%s%s%s", spec->cite ? spec->cite : "", spec->cite && !finding->verified ? "; " : "",
                             finding->verified ? "" : "not verified: check before you rely on it"));
}

bool ask_report_first(struct ask_screen *screen, const struct ask_session *session, bool now_alone) {
  const struct ask_result *result = session->result;
  bool headed = false;
  for (size_t i = 0; i < result->first_step_count; i++) {
    const struct ask_first_step *step = &result->first_steps[i];
    bool now = step->urgency == 0;
    if (step->determination || (now_alone && !now)) continue;
    if (!headed) ask_heading(screen, now ? "FIRST, BEFORE ANY MORE QUESTIONS" : "What to do first");
    headed = true;
    const char *within = now ? NULL : ask_within_words(session->arena, &step->finding.remark->spec->act_within);
    say(screen, session->arena, &step->finding, within ? ask_printf(session->arena, " Act %s.", within) : "",
        now ? ASK_RED : ASK_BOLD);
  }
  return headed;
}

void ask_report_flags(struct ask_screen *screen, const struct ask_session *session) {
  const struct ask_result *result = session->result;
  if (result->flag_count) ask_heading(screen, "Across programs");
  for (size_t i = 0; i < result->flag_count; i++)
    say(screen, session->arena, &result->flags[i], "", ASK_PLAIN);
}
