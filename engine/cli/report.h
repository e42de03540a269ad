/* The readable report of an assessment: one line a program, then each program, then what to gather and to ask. */
#ifndef ASK_CLI_REPORT_H
#define ASK_CLI_REPORT_H

#include "cli/screen.h"
#include "cli/session.h"

void ask_report(struct ask_screen *screen, struct ask_session *session);

/* Pieces. order: determinations most urgent first, result->determination_count of them. */
void ask_report_program(struct ask_screen *screen, const struct ask_session *session,
                        const struct ask_determination *d);
void ask_report_documents(struct ask_screen *screen, const struct ask_session *session,
                          const struct ask_determination *const *order);
void ask_report_next(struct ask_screen *screen, struct ask_session *session, size_t most);
/* What the overview says is to be done first; now_alone: only what comes before any more questions. False: nothing. */
bool ask_report_first(struct ask_screen *screen, const struct ask_session *session, bool now_alone);
/* What the programs should know of each other. */
void ask_report_flags(struct ask_screen *screen, const struct ask_session *session);
/* The criteria tree with its marks, and the worksheet. */
void ask_report_criteria(struct ask_screen *screen, const struct ask_session *session,
                         const struct ask_determination *d);
void ask_report_worksheet(struct ask_screen *screen, const struct ask_session *session,
                          const struct ask_determination *d);
void ask_report_parameters(struct ask_screen *screen, const struct ask_session *session,
                           const struct ask_program *program);

#endif
