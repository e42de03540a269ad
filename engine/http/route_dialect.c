/* POST /authToken, /eligibilityPrograms, /bulkSubmission/import: the NYC Benefits Screening API, so that who speaks it need
 * change nothing but the address. */
#include <string.h>
#include <strings.h>

#include "http/auth.h"
#include "http/multipart.h"
#include "http/routes.h"

static struct ask_text body_of(const struct ask_request *request) {
  return (struct ask_text){request->body.bytes ? request->body.bytes : "", request->body.length};
}

void ask_route_token(struct ask_request *request, struct ask_seat *seat) {
  enum ask_outcome outcome = ask_intake_token(seat, body_of(request), &request->reply);
  if (outcome == ASK_NO_SUCH)
    ask_key_failed(request, "The username and password do not belong to a key that is in force.");
  else
    ask_answered(request, outcome);
}

void ask_route_eligible(struct ask_request *request, struct ask_seat *seat) {
  ask_answered(request, ask_intake_dialect(seat, body_of(request), request->query.interested, &request->reply));
}

void ask_route_eligible_csv(struct ask_request *request, struct ask_seat *seat) {
  struct ask_text file = body_of(request), type = request->headers.content_type;
  if (type.length < 8 || strncasecmp(type.bytes, "text/csv", 8) != 0) {
    if (!ask_multipart_file(type, body_of(request), &file)) {
      ask_problem_add(&request->reply.problems, ASK_ERROR, "NoInputFile", ASK_NOWHERE, NULL, NULL,
                      "The form has no file: send it as multipart/form-data in a part called file.");
      ask_refuse(request, ASK_REFUSED_ANSWERS, NULL);
      return;
    }
  }
  if (ask_answered(request, ask_intake_dialect_csv(seat, file, request->query.interested, &request->reply)))
    request->answer.content = ASK_CSV;
}
