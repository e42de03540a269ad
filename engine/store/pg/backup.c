/* A copy of the store as it stands at one moment: all rows of one snapshot, in a new SQLite file. */
#include "store/copy.h"
#include "store/pg/pg.h"

enum ask_store_status ask_pg_backup(void *part, const char *path,
                                    void (*progress)(void *context, int64_t done, int64_t total), void *context) {
  struct ask_pg_session *session = part;
  ask_pg_start_long(session);
  enum ask_store_status status = ask_pg_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  struct ask_copy_source source = {
      .session = session, .walk = ask_pg_walk, .count = ask_pg_count, .message = session->message};
  char message[ASK_STORE_MESSAGE] = "";
  status = ask_copy_to_file(&source, path, progress, context, message);
  ask_pg_rollback(session);
  if (status != ASK_STORE_OK) ask_pg_say(session, status, "%s", message);
  return status;
}
