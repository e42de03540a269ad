/* The control socket: how a command on the same machine asks a running server for something, over a Unix socket in the
 * data folder that only the server's user (and root) can reach. One line in ("reload"), one line of JSON out. Not for
 * partners: they use HTTP. */
#ifndef ASK_SERVICE_CONTROL_H
#define ASK_SERVICE_CONTROL_H

#include "base/text.h"
#include "service/data_folder.h"
#include "service/live.h"

/* Carries out `reload`; false after adding problems. On the control's thread. */
typedef bool ask_control_reload(void *context, struct ask_reload_report *ret, struct ask_problems *problems);

/* Listens and answers, one caller at a time. The folder is locked by this process, so a socket that is there is a dead
 * server's and is replaced. NULL after adding a problem. */
struct ask_control;
struct ask_control *ask_control_start(const struct ask_data_folder *folder, ask_control_reload *reload, void *context,
                                      struct ask_problems *problems);
/* Lets the command under way end; removes the socket. NULL is fine. Returns NULL. */
struct ask_control *ask_control_stop(struct ask_control *control);

/* Asks the server that runs on the folder to reload. ret_report: its line of JSON, in the arena. False after adding a
 * problem: no server runs there, or it does not answer. */
bool ask_control_ask_reload(struct ask_arena *arena, const struct ask_data_folder *folder, struct ask_text *ret_report,
                            struct ask_problems *problems);

/* {"swapped", "unchanged", "generation", "hash", "programs", "cases", "failed", "problems": [as ask_json_problems]}, and
 * back. Reading: false after adding a problem when it is not such a line. */
void ask_reload_report_write(struct ask_buffer *buffer, const struct ask_reload_report *report,
                             const struct ask_problems *problems);
bool ask_reload_report_read(struct ask_arena *arena, struct ask_text line, struct ask_reload_report *ret,
                            struct ask_problems *problems);

#endif
