/* GET /assets/...: the app's script and style, by a name that changes with their bytes. And what browsers and robots ask for
 * unasked. */
#include <stdio.h>

#include "http/assets.h"
#include "http/header.h"
#include "http/routes.h"
#include "http/state.h"

void ask_route_asset(struct ask_request *request, struct ask_seat *seat) {
  (void)seat;
  const struct ask_text *name = &request->target.segments[1];
  const char *path = ask_printf(request->arena, "/assets/%.*s", (int)name->length, name->bytes);
  const struct ask_asset *asset = ask_asset_find(path, strlen(path));
  struct ask_answer *answer = &request->answer;
  if (!asset) {
    ask_refuse(request, ASK_REFUSED_PATH, NULL);
    return;
  }
  answer->cache = ASK_CACHE_FOREVER;
  answer->content_type = asset->content_type;
  snprintf(answer->etag, sizeof answer->etag, "\"%.*s\"", (int)sizeof answer->etag - 3, path + sizeof "/assets");
  bool known = ask_etag_listed(&request->headers.if_none_match, answer->etag);
  answer->status = known ? 304 : 200;
  answer->borrowed = (const char *)asset->bytes;
  answer->borrowed_length = known ? 0 : asset->length;
}

/* Pages name no icon: without this each visit would ask for one. */
void ask_route_icon(struct ask_request *request, struct ask_seat *seat) {
  (void)seat;
  request->answer.status = 204;
  request->answer.cache = ASK_CACHE_DAY;
}

void ask_route_robots(struct ask_request *request, struct ask_seat *seat) {
  (void)seat;
  request->answer.status = 200;
  request->answer.content_type = "text/plain; charset=utf-8";
  request->answer.cache = ASK_CACHE_DAY;
  ask_buffer_puts(&request->out, "User-agent: *\nDisallow: /\n");
}
