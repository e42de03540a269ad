/* What a request of another system comes to: the programs that the household may get, in that system's words. */
#ifndef ASK_SERVICE_DIALECT_REPLY_H
#define ASK_SERVICE_DIALECT_REPLY_H

#include "service/assess.h"

/* Reads the request and asks the programs of the pack, which has a dialect; programs: of them these, NULL: all. The arena
 * holds what the desk borrows. NULL after adding problems (ask_dialect_read's, or of the answers). */
const struct ask_result *ask_dialect_assess(struct ask_desk *desk, const struct ask_catalogue *catalogue, int32_t pack,
                                            const bool *programs, int64_t as_of, struct ask_arena *arena,
                                            const struct ask_raw *request, struct ask_problems *problems);
/* likely or possible: the agency decides. */
bool ask_dialect_eligible(const struct ask_determination *determination);
/* Adds a problem for each program that could say neither yes nor no. */
void ask_dialect_undetermined(const struct ask_result *result, struct ask_problems *problems);

/* "S2R007|S2R010" (or with commas) to flags by program number; codes that are none of the pack's are passed over, as the
 * list only narrows. */
const bool *ask_dialect_programs(struct ask_arena *arena, const struct ask_catalogue *catalogue, int32_t pack,
                                 const char *list);

/* {"type":"SUCCESS","eligiblePrograms":[{"code","name"}]}; with "undeterminedPrograms" when there are any. */
void ask_dialect_write(struct ask_buffer *buffer, const struct ask_result *result);
/* {"type":"FAILURE","errors":[{"message","moreInfo","code","elementPath"}]} */
void ask_dialect_write_problems(struct ask_buffer *buffer, const char *more, const struct ask_problem *problems,
                                size_t count);
/* The same with one error; path may be NULL. */
void ask_dialect_write_failure(struct ask_buffer *buffer, const char *more, const char *code, const char *message,
                               const char *path);
/* {"type":"SUCCESS","token":...} */
void ask_dialect_write_token(struct ask_buffer *buffer, const char *token);

#endif
