/* Pages of the worker's app: everything that a browser sends goes to service/app.h, and what it makes goes back. Always on a thread
 * of a pool: pages may wait for the store, and sign-ins hash passwords. */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "http/clock.h"
#include "http/form.h"
#include "http/page.h"
#include "http/routes.h"
#include "http/state.h"

enum { ADDRESS = 64 };

/* ---- what came ----------------------------------------------------------------------------------------------------- */

static bool is_good(struct ask_request *request, enum ask_form_state state) {
  if (state == ASK_FORM_GOOD) return true;
  if (state == ASK_FORM_MANY)
    ask_refuse(request, ASK_REFUSED_SIZE, "The form has too many fields.");
  else
    ask_refuse(request, ASK_REFUSED_REQUEST, NULL);
  return false;
}

/* "/" has no segments. */
static bool read_path(struct ask_request *request, struct ask_page_request *page) {
  const struct ask_target *target = &request->target;
  if (target->count > ASK_SEGMENTS) {
    ask_refuse(request, ASK_REFUSED_PATH, NULL);
    return false;
  }
  for (size_t i = 0; i < target->count; i++)
    if (!ask_utf8_valid(target->segments[i].bytes, target->segments[i].length)) return is_good(request, ASK_FORM_TEXT);
  page->segments = target->segments;
  page->segment_count = target->count == 1 && !target->segments[0].length ? 0 : target->count;
  return true;
}

/* A body without a type is nobody's form. */
static bool read_body(struct ask_request *request, struct ask_page_request *page) {
  struct ask_buffer *body = &request->body;
  struct ask_pair *pairs;
  if (!body->length) return true;
  if (!request->headers.content_type.bytes) {
    ask_refuse(request, ASK_REFUSED_MEDIA_TYPE, NULL);
    return false;
  }
  if (request->headers.json) {
    page->json = (struct ask_text){body->bytes, body->length};
    return is_good(request, ask_utf8_valid(body->bytes, body->length) ? ASK_FORM_GOOD : ASK_FORM_TEXT);
  }
  bool good = is_good(request, ask_form_read(request->arena, body->bytes, body->length, &pairs, &page->form_count));
  page->form = pairs;
  return good;
}

static bool read_query(struct ask_request *request, struct ask_page_request *page) {
  char *query = request->target.query;
  struct ask_pair *pairs;
  if (!query) return true;
  bool good = is_good(request, ask_form_read(request->arena, query, strlen(query), &pairs, &page->query_count));
  page->query = pairs;
  return good;
}

/* An IPv4 address as such, also when the socket speaks IPv6. */
static void write_address(const unsigned char address[16], char ret[ADDRESS]) {
  static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6};
  struct sockaddr_in four = {.sin_family = AF_INET};
  bool is_four = memcmp(address, mapped, sizeof mapped) == 0;
  memcpy(&six.sin6_addr, address, 16);
  memcpy(&four.sin_addr, address + 12, 4);
  const struct sockaddr *who = is_four ? (const struct sockaddr *)&four : (const struct sockaddr *)&six;
  if (getnameinfo(who, is_four ? sizeof four : sizeof six, ret, ADDRESS, NULL, 0, NI_NUMERICHOST) != 0)
    snprintf(ret, ADDRESS, "unknown");
}

static bool read_request(struct ask_request *request, struct ask_page_request *page) {
  const struct ask_headers *headers = &request->headers;
  page->method = request->method == ASK_POST ? "POST" : "GET";
  page->session = ask_cookie_find(headers->cookie, "__Host-askonce");
  page->visitor = ask_cookie_find(headers->cookie, "__Host-askonce-visitor");
  page->language = ask_cookie_find(headers->cookie, "__Host-askonce-language");
  page->accept_language = headers->accept_language;
  page->csrf = headers->csrf;
  page->script = ask_text_is(&headers->script, "1");
  page->cross_site = ask_page_is_cross_site(request);
  return read_path(request, page) && read_query(request, page) && read_body(request, page);
}

/* ---- what goes back ------------------------------------------------------------------------------------------------- */

static bool is_visible(const char *text, char least) {
  for (; *text; text++)
    if (*text < least || *text > '~') return false;
  return true;
}

/* A path of this site: browsers take //host and /\host for another one. */
static bool is_own_path(const char *location) {
  return location[0] == '/' && location[1] != '/' && is_visible(location, '!') && !strchr(location, '\\');
}

static void take_reply(struct ask_request *request, const struct ask_page_reply *reply) {
  struct ask_answer *answer = &request->answer;
  bool good = (!reply->location || is_own_path(reply->location)) && is_visible(reply->content_type, ' ');
  for (size_t i = 0; good && i < reply->cookie_count; i++) good = is_visible(reply->cookies[i], ' ');
  if (!good) {
    ask_server_log(request->server, "error", "internal", "what", "a page gave a reply that cannot be sent", NULL);
    ask_refuse(request, ASK_REFUSED_INTERNAL, NULL);
    return;
  }
  answer->status = reply->status;
  answer->content_type = reply->content_type;
  answer->location = reply->location;
  answer->retry_after = reply->retry_after;
  answer->cookie_count = reply->cookie_count;
  memcpy(answer->cookies, reply->cookies, sizeof answer->cookies);
}

void ask_route_page(struct ask_request *request, struct ask_seat *seat) {
  (void)seat;
  char address[ADDRESS];
  struct ask_page_request page = {.address = address};
  struct ask_page_reply reply = {.arena = request->arena, .body = &request->out};
  if (!read_request(request, &page)) return;
  write_address(request->address, address);
  ask_app_answer(request->server->app, &page, &reply);
  take_reply(request, &reply);
}

/* Passwords can be guessed, unlike keys: an address whose attempts failed too often is not looked at before its time. */
void ask_route_sign_in(struct ask_request *request, struct ask_seat *seat) {
  struct ask_server *server = request->server;
  int seconds;
  if (!ask_limit_has(server->sign_ins, request->address, ask_ticks(), &seconds)) {
    ask_metrics_count(server->metrics, ASK_COUNT_THROTTLED_ADDRESS);
    ask_refuse(request, ASK_REFUSED_RATE, NULL);
    request->answer.retry_after = seconds;
    return;
  }
  ask_route_page(request, seat);
  if (request->answer.status != 401) return;
  ask_metrics_count(server->metrics, ASK_COUNT_AUTHENTICATION_FAILED);
  (void)ask_limit_take(server->sign_ins, request->address, ask_ticks(), &seconds);
}
